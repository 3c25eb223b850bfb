import { createRoute } from '@tanstack/react-router';
import { lazyPage } from './lazy-page';
import { root } from './root';

/** The public book, questions about it, monthly statements, and what one pays. */
const money = () => import('../features/money');

const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

export const moneyRoutes = [
  createRoute({ ...at('/book'), component: lazyPage('money', money, 'CommunityBookPage') }),
  createRoute({ ...at('/book/lines/$id'), component: lazyPage('money', money, 'LinePage') }),
  createRoute({ ...at('/c/$id/book'), component: lazyPage('money', money, 'CampaignBookPage') }),
  createRoute({ ...at('/challenges'), component: lazyPage('money', money, 'ThreadsPage') }),
  createRoute({ ...at('/challenges/$id'), component: lazyPage('money', money, 'ThreadPage') }),
  createRoute({ ...at('/statements'), component: lazyPage('money', money, 'StatementsPage') }),
  createRoute({ ...at('/statements/$id'), component: lazyPage('money', money, 'StatementPage') }),
  createRoute({ ...at('/pay/$id'), component: lazyPage('money', money, 'PayPage') }),
  createRoute({ ...at('/me/payments'), component: lazyPage('money', money, 'MyPaymentsPage') }),
] as const;
