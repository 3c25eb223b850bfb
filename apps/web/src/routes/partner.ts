import { createRoute } from '@tanstack/react-router';
import { lazyPage } from './lazy-page';
import { root } from './root';

/** Social organisations and other partners: what everybody may read of them, and the workbench of whoever acts for them. */
const partner = () => import('../features/partner');
const work = () => import('../features/partner-work');

const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

export const partnerRoutes = [
  createRoute({ ...at('/partners'), component: lazyPage('partner', partner, 'PartnersPage') }),
  createRoute({ ...at('/me/partner'), component: lazyPage('partner-work', work, 'MyPartnersPage') }),
  createRoute({ ...at('/me/partner/apply'), component: lazyPage('partner-work', work, 'ApplyPage') }),
  createRoute({ ...at('/me/partner/$id'), component: lazyPage('partner-work', work, 'MyPartnerPage') }),
  createRoute({ ...at('/partners/$id'), component: lazyPage('partner', partner, 'PartnerPage') }),
] as const;
