import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import {
  BookOpenText,
  BriefcaseBusiness,
  CirclePlus,
  House,
  MessageCircleQuestion,
  UserRound,
} from 'lucide-react';
import { Suspense } from 'react';
import { Waiting } from '../ui/waiting';
import { NewVersion } from './new-version';
import { Offline } from './offline';
import { hasRole, meQuery } from './session';
import styles from './shell.module.css';
import { TopBar } from './top-bar';

/** What every screen stands in: the way past the menu, the bar above, the menu, and news about line and version. */
export function Shell() {
  const { t } = useLingui();
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">{t`跳到主要内容`}</a>
      <TopBar />
      <Menu />
      <div className={styles.body}>
        <Offline />
        <NewVersion />
        <Suspense fallback={<Waiting lines={6} />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  );
}

function Menu() {
  const { t } = useLingui();
  const { data: me } = useQuery(meQuery);
  const works = hasRole(me, 'community_staff', 'fund_approver', 'auditor', 'platform_admin');
  const path = useRouterState({ select: ({ location }) => location.pathname });
  // The page of a campaign has its own bar at the bottom of a phone: one thing to do a screen.
  const stepsBack = /^\/c\/[^/]+$/.test(path) || path.includes('/pledge/');
  return (
    <nav className={`${styles.menu} ${stepsBack ? styles.aside : ''}`} aria-label={t`主菜单`}>
      <Link to="/" activeOptions={{ exact: true }}>
        <House aria-hidden size={22} />
        {t`身边`}
      </Link>
      <Link to="/needs">
        <MessageCircleQuestion aria-hidden size={22} />
        {t`缺什么`}
      </Link>
      <Link to="/start">
        <CirclePlus aria-hidden size={22} />
        {t`发起`}
      </Link>
      <Link to="/book" className={styles.rest}>
        <BookOpenText aria-hidden size={22} />
        {t`账本`}
      </Link>
      {works && (
        <Link to="/console">
          <BriefcaseBusiness aria-hidden size={22} />
          {t`工作台`}
        </Link>
      )}
      <Link to="/me">
        <UserRound aria-hidden size={22} />
        {t`我的`}
      </Link>
    </nav>
  );
}
