import { createRoute } from '@tanstack/react-router';
import { wordsOf } from '../app/words';
import { lazyPage } from './lazy-page';
import { root } from './root';

/** Where staff, approvers, auditors and admins work. */
const console = () => import('../features/console');
/** The parts of the desk stand in its frame, and speak its words besides their own. */
const within = <Part>(load: () => Promise<Part>, ...rooms: readonly string[]) => {
  return async (): Promise<Part> => {
    const [part] = await Promise.all([load(), ...['console', ...rooms].map(wordsOf)]);
    return part;
  };
};
const desk = within(() => import('../features/desk'), 'campaign', 'partner-work');
const funds = within(() => import('../features/funds'));

const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

export const consoleRoutes = [
  createRoute({ ...at('/console'), component: lazyPage('console', console, 'ConsolePage') }),
  createRoute({ ...at('/console/reviews'), component: lazyPage('desk', desk, 'ReviewsPage') }),
  createRoute({ ...at('/console/reviews/$id'), component: lazyPage('desk', desk, 'ReviewPage') }),
  createRoute({ ...at('/console/residents'), component: lazyPage('desk', desk, 'ResidentsPage') }),
  createRoute({ ...at('/console/residents/codes'), component: lazyPage('desk', desk, 'DoorCodesPage') }),
  createRoute({ ...at('/console/residents/trusted'), component: lazyPage('desk', desk, 'TrustedPage') }),
  createRoute({ ...at('/console/assist'), component: lazyPage('desk', desk, 'AssistPage') }),
  createRoute({ ...at('/console/questions'), component: lazyPage('desk', desk, 'QuestionsPage') }),
  createRoute({ ...at('/console/partners'), component: lazyPage('desk', desk, 'PartnersDeskPage') }),
  createRoute({ ...at('/console/partners/$id'), component: lazyPage('desk', desk, 'PartnerDeskPage') }),
  createRoute({ ...at('/console/policies'), component: lazyPage('desk', desk, 'PoliciesPage') }),
  createRoute({ ...at('/console/imports'), component: lazyPage('desk', desk, 'ImportsPage') }),
  createRoute({ ...at('/console/funds'), component: lazyPage('funds', funds, 'FundsPage') }),
  createRoute({ ...at('/console/funds/c/$id'), component: lazyPage('funds', funds, 'CampaignFundsPage') }),
  createRoute({
    ...at('/console/funds/c/$id/pay'),
    component: lazyPage('funds', funds, 'ProposePayoutPage'),
  }),
  createRoute({ ...at('/console/funds/payouts/$id'), component: lazyPage('funds', funds, 'PayoutPage') }),
  createRoute({ ...at('/console/funds/receipts'), component: lazyPage('funds', funds, 'ReceiptsPage') }),
  createRoute({
    ...at('/console/funds/receipts/new'),
    component: lazyPage('funds', funds, 'ReceiptFormPage'),
  }),
  createRoute({ ...at('/console/funds/bank'), component: lazyPage('funds', funds, 'BankPage') }),
  createRoute({ ...at('/console/funds/refunds'), component: lazyPage('funds', funds, 'RefundsPage') }),
  createRoute({ ...at('/console/funds/bills'), component: lazyPage('funds', funds, 'BillsPage') }),
  createRoute({ ...at('/console/funds/bills/$id'), component: lazyPage('funds', funds, 'BillDayPage') }),
  createRoute({
    ...at('/console/funds/differences'),
    component: lazyPage('funds', funds, 'DifferencesPage'),
  }),
  createRoute({ ...at('/console/funds/custody'), component: lazyPage('funds', funds, 'CustodyPage') }),
  createRoute({
    ...at('/console/funds/custody/$id'),
    component: lazyPage('funds', funds, 'CustodyAccountPage'),
  }),
  createRoute({ ...at('/console/funds/pools'), component: lazyPage('funds', funds, 'PoolsPage') }),
  createRoute({ ...at('/console/platform/roles'), component: lazyPage('funds', funds, 'GrantsPage') }),
] as const;
