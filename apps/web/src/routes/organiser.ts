import { createRoute } from '@tanstack/react-router';
import { lazyPage } from './lazy-page';
import { root } from './root';

/** Saying what is missing, starting a campaign, and running it. */
const needs = () => import('../features/needs');
const start = () => import('../features/start');

const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

export const organiserRoutes = [
  createRoute({ ...at('/needs'), component: lazyPage('needs', needs, 'NeedsPage') }),
  createRoute({ ...at('/start'), component: lazyPage('start', start, 'StartPage') }),
] as const;
