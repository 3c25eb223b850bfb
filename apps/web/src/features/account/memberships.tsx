import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas } from '../../api/client';
import { date } from '../../lib/dates';
import { Button } from '../../ui/button';
import { Check } from '../../ui/field';
import { Sheet } from '../../ui/sheet';
import { Mark, type Look } from '../../ui/state-mark';
import { Trouble } from '../../ui/trouble';
import styles from './mine.module.css';

type Membership = Schemas['MembershipItem'];

const STATES: Readonly<Record<Membership['state'], readonly [words: MessageDescriptor, look: Look]>> = {
  requested: [msg`等社区确认`, 'lit'],
  verified: [msg`已认证`, 'good'],
  refused: [msg`没有通过`, 'bad'],
  ended: [msg`已结束`, 'quiet'],
};

/** Asked for or verified: where somebody belongs, nobody asks again. */
export const isOpen = ({ state }: Membership): boolean => state === 'requested' || state === 'verified';

/** Where I belong, whom of my household I stand in for, and who waits for somebody to. */
export function Memberships({ mine }: { readonly mine: Schemas['MyMemberships'] }) {
  const { t } = useLingui();
  const open = mine.items.filter(isOpen);
  const past = mine.items.filter((one) => !isOpen(one));
  return (
    <>
      {open.length > 0 && (
        <ul className={styles.cards} aria-label={t`我住的地方`}>
          {open.map((one) => (
            <li key={one.id} className={styles.card}>
              <Home membership={one} />
              <Leave membership={one} />
            </li>
          ))}
        </ul>
      )}
      <Minors words={t`家里等监护人的孩子`} minors={mine.unguarded} waits />
      <Minors words={t`我当监护人的孩子`} minors={mine.wards} />
      {past.length > 0 && (
        <details className={styles.past}>
          <summary>{t`以前的登记`}</summary>
          <ul>
            {past.map((one) => (
              <li key={one.id}>
                <Home membership={one} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Home({
  membership: { state, estateName, door, reason, endedAt },
}: {
  readonly membership: Membership;
}) {
  const { t, i18n } = useLingui();
  const [words, look] = STATES[state];
  return (
    <>
      <div className={styles.head}>
        <b>
          {estateName} {door}
        </b>
        <Mark look={look}>{i18n._(words)}</Mark>
      </div>
      {reason && <p>{reason}</p>}
      {endedAt && <p className={styles.meta}>{t`${date(endedAt)} 结束`}</p>}
    </>
  );
}

interface MinorsProps {
  readonly words: string;
  readonly minors: readonly Membership[];
  readonly waits?: boolean;
}

function Minors({ words, minors, waits }: MinorsProps) {
  const { t } = useLingui();
  if (minors.length === 0) return null;
  return (
    <section aria-label={words}>
      <h2 className={styles.section}>{words}</h2>
      <ul className={styles.cards}>
        {minors.map((one) => (
          <li key={one.id} className={styles.card}>
            <b>{one.maskedName}</b>
            {one.ageClass === 'child' && <p className={styles.meta}>{t`不满 14 岁`}</p>}
            <Home membership={one} />
            {waits && <Guard membership={one} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Guard({ membership: { id, maskedName } }: { readonly membership: Membership }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [agrees, setAgrees] = useState(false);
  const [isReminded, setReminded] = useState(false);
  const guard = api.useMutation('post', '/v1/memberships/{id}/guardian', {
    onSuccess: () => queries.invalidateQueries(),
  });
  const stand = () => {
    setReminded(true);
    if (agrees) guard.mutate({ params: { path: { id } }, body: { agrees } });
  };
  return (
    <>
      <Check
        label={t`我是 ${maskedName} 的监护人，同意社区登记孩子的信息`}
        checked={agrees}
        error={isReminded && !agrees ? t`请先勾上这一条` : undefined}
        onChange={(event) => setAgrees(event.target.checked)}
      />
      {guard.error && <Trouble error={guard.error} />}
      <Button busy={guard.isPending} onClick={stand}>{t`当监护人`}</Button>
    </>
  );
}

function Leave({ membership: { id, state, estateName } }: { readonly membership: Membership }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  const end = api.useMutation('post', '/v1/memberships/{id}/end', {
    onSuccess: async () => {
      setAsks(false);
      await queries.invalidateQueries();
    },
  });
  const words = state === 'requested' ? t`不认证了` : t`搬走了，结束登记`;
  return (
    <div className={styles.actions}>
      <Button onClick={() => setAsks(true)}>{words}</Button>
      {asks && (
        <Sheet
          title={t`结束在${estateName}的登记`}
          lead={t`结束以后，不能再答应这里的事，也不能替这里的邻居办事。您当监护人的、不满 14 岁的孩子一起结束。以后搬回来，再认证一次就行。`}
          onClose={() => setAsks(false)}
        >
          {end.error && <Trouble error={end.error} />}
          <div className={styles.actions}>
            <Button
              look="danger"
              busy={end.isPending}
              onClick={() => end.mutate({ params: { path: { id } }, body: {} })}
            >{t`结束登记`}</Button>
            <Button onClick={() => setAsks(false)}>{t`先不了`}</Button>
          </div>
        </Sheet>
      )}
    </div>
  );
}
