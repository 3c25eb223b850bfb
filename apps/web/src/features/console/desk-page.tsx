import { useLingui } from '@lingui/react/macro';
import { useMemo, type ReactNode } from 'react';
import { useCommunityId } from '../../app/community';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import type { Me } from '../../app/session';
import { ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { communityOf, deskOf, type Desk, type Role } from './desk';
import { DeskMenu } from './desk-menu';
import styles from './desk-page.module.css';

interface DeskPageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** Who finds work here; without it everybody with a desk. */
  readonly roles?: readonly Role[];
  /** The heading stands in the work itself. */
  readonly ownHeading?: boolean;
  readonly children: (desk: Desk) => ReactNode;
}

/** A screen of the desk: the menu of the desk at its side, and a friendly word for whoever has none. */
export function DeskPage({ title, lead, roles, ownHeading, children }: DeskPageProps) {
  return (
    <Page title={title} lead={lead} ownHeading={ownHeading} width="wide">
      <NeedSignIn>
        {(me) => (
          <Seat me={me} roles={roles}>
            {children}
          </Seat>
        )}
      </NeedSignIn>
    </Page>
  );
}

interface SeatProps extends Pick<DeskPageProps, 'roles' | 'children'> {
  readonly me: Me;
}

function Seat({ me, roles, children }: SeatProps) {
  const { t } = useLingui();
  const chosen = useCommunityId();
  const communityId = communityOf(me, chosen);
  const desk = useMemo(() => (communityId === null ? null : deskOf(me, communityId)), [me, communityId]);
  if (me.roles.length === 0) return <NotYours />;
  if (!desk) {
    return (
      <Empty says={t`先选一个社区，再开始工作。`}>
        <ButtonLink look="main" to="/communities">{t`选社区`}</ButtonLink>
      </Empty>
    );
  }
  return (
    <div className={styles.desk}>
      <DeskMenu desk={desk} />
      <div className={styles.work}>{!roles || desk.is(...roles) ? children(desk) : <NotYours atDesk />}</div>
    </div>
  );
}

/** Nobody is told off: most who come here followed a link. */
function NotYours({ atDesk }: { readonly atDesk?: boolean }) {
  const { t } = useLingui();
  return (
    <Empty
      says={
        atDesk
          ? t`这一页不归您的岗位管。有需要就请社区里管这件事的人来办。`
          : t`这里是社区工作人员办事的地方，您的账号还没有这个岗位。您没做错什么。`
      }
    >
      {atDesk ? (
        <ButtonLink look="main" to="/console">{t`回到今天要办的`}</ButtonLink>
      ) : (
        <ButtonLink look="main" to="/">{t`回到身边`}</ButtonLink>
      )}
    </Empty>
  );
}
