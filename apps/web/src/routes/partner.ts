import { createRoute } from '@tanstack/react-router';
import { lazyPage } from './lazy-page';
import { root } from './root';

/** Social organisations: their public pages, applying, and their workbench. */
const partner = () => import('../features/partner');

const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

export const partnerRoutes = [
  createRoute({ ...at('/partners'), component: lazyPage('partner', partner, 'PartnersPage') }),
] as const;
