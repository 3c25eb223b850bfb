import { createRoute } from '@tanstack/react-router';
import { wordsOf } from '../app/words';
import { lazyPage } from './lazy-page';
import { root } from './root';

/** Saying what is missing, and starting a campaign. */
const needs = () => import('../features/needs');
const start = () => import('../features/start');
/** It shows parts of the page that neighbours read, in that page's words. */
const manage = async () => {
  const [page] = await Promise.all([import('../features/manage'), wordsOf('campaign')]);
  return page;
};
const print = () => import('../features/print');

const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

export const organiserRoutes = [
  createRoute({ ...at('/needs'), component: lazyPage('needs', needs, 'NeedsPage') }),
  createRoute({ ...at('/needs/new'), component: lazyPage('needs', needs, 'RaiseNeedPage') }),
  createRoute({ ...at('/needs/$id'), component: lazyPage('needs', needs, 'NeedPage') }),
  createRoute({
    ...at('/start'),
    validateSearch: (search: Record<string, unknown>): { need?: string } =>
      typeof search.need === 'string' ? { need: search.need } : {},
    component: lazyPage('start', start, 'StartPage'),
  }),
  createRoute({ ...at('/start/$id/$step'), component: lazyPage('start', start, 'WizardPage') }),
  createRoute({ ...at('/c/$id/manage'), component: lazyPage('manage', manage, 'ManagePage') }),
  createRoute({ ...at('/c/$id/poster'), component: lazyPage('print', print, 'PosterPage') }),
  createRoute({ ...at('/c/$id/notice'), component: lazyPage('print', print, 'NoticePage') }),
] as const;
