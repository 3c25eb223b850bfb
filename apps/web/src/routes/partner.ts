import { createRoute } from '@tanstack/react-router';
import { lazyPage } from './lazy-page';
import { root } from './root';

/** Social organisations and other partners: what everybody may read of them. */
const partner = () => import('../features/partner');

const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

export const partnerRoutes = [
  createRoute({ ...at('/partners'), component: lazyPage('partner', partner, 'PartnersPage') }),
  createRoute({ ...at('/partners/$id'), component: lazyPage('partner', partner, 'PartnerPage') }),
] as const;
