import { createRoute } from '@tanstack/react-router';
import { lazyPage } from './lazy-page';
import { root } from './root';

/** Where staff, approvers, auditors and admins work. */
const desk = () => import('../features/console');

const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

export const consoleRoutes = [
  createRoute({ ...at('/console'), component: lazyPage('console', desk, 'ConsolePage') }),
] as const;
