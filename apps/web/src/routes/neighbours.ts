import { createRoute } from '@tanstack/react-router';
import { lazyPage } from './lazy-page';
import { root } from './root';

/** What everybody sees, and what a neighbour does. */
const home = () => import('../features/home');
const campaign = () => import('../features/campaign');
const pledge = () => import('../features/pledge');
const account = () => import('../features/account');
const mine = () => import('../features/mine');
const signIn = () => import('../features/sign-in');

const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

export const neighbourRoutes = [
  createRoute({ ...at('/'), component: lazyPage('home', home, 'HomePage') }),
  createRoute({ ...at('/communities'), component: lazyPage('home', home, 'CommunitiesPage') }),
  createRoute({ ...at('/communities/$id'), component: lazyPage('home', home, 'CommunityPage') }),
  createRoute({ ...at('/help'), component: lazyPage('home', home, 'HelpPage') }),
  createRoute({ ...at('/privacy'), component: lazyPage('home', home, 'PrivacyPage') }),
  createRoute({ ...at('/c/$id'), component: lazyPage('campaign', campaign, 'CampaignScreen') }),
  createRoute({
    ...at('/c/$id/pledge/$ask'),
    validateSearch: (search: Record<string, unknown>): { slot?: string } =>
      typeof search.slot === 'string' ? { slot: search.slot } : {},
    component: lazyPage('pledge', pledge, 'PledgePage'),
  }),
  createRoute({ ...at('/c/$id/lit/$pledgeId'), component: lazyPage('pledge', pledge, 'LitPage') }),
  createRoute({
    ...at('/login'),
    validateSearch: (search: Record<string, unknown>): { back?: string } =>
      typeof search.back === 'string' && /^\/(?!\/)/.test(search.back) ? { back: search.back } : {},
    component: lazyPage('sign-in', signIn, 'SignInPage'),
  }),
  createRoute({ ...at('/me'), component: lazyPage('account', account, 'MePage') }),
  createRoute({ ...at('/me/pledges'), component: lazyPage('mine', mine, 'MyPledgesPage') }),
  createRoute({ ...at('/me/campaigns'), component: lazyPage('mine', mine, 'MyCampaignsPage') }),
  createRoute({ ...at('/me/settings'), component: lazyPage('account', account, 'SettingsPage') }),
  createRoute({ ...at('/me/profile'), component: lazyPage('account', account, 'ProfilePage') }),
  createRoute({ ...at('/me/sessions'), component: lazyPage('account', account, 'SessionsPage') }),
  createRoute({ ...at('/me/consents'), component: lazyPage('account', account, 'ConsentsPage') }),
  createRoute({ ...at('/me/data'), component: lazyPage('account', account, 'MyDataPage') }),
  createRoute({ ...at('/me/close'), component: lazyPage('account', account, 'ClosePage') }),
  createRoute({ ...at('/me/password'), component: lazyPage('account', account, 'PasswordPage') }),
  createRoute({ ...at('/me/verify'), component: lazyPage('account', account, 'JoinPage') }),
] as const;
