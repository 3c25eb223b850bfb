import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../../api/client';
import { date, moment } from '../../lib/dates';
import styles from './threads.module.css';

type Thread = Schemas['ChallengeView'];

export const THREAD_STATES: Readonly<Record<Thread['state'], MessageDescriptor>> = {
  open: msg`等答复`,
  answered: msg`已答复`,
  settled: msg`提问的人满意了`,
  closed: msg`已结束`,
};

export function ThreadList({ threads }: { readonly threads: readonly Thread[] }) {
  const { t, i18n } = useLingui();
  return (
    <ul className={styles.list}>
      {threads.map((thread) => (
        <li key={thread.id}>
          <Link to="/challenges/$id" params={{ id: thread.id }}>
            <b>{t`${thread.by} 的提问`}</b>
            <span>{i18n._(THREAD_STATES[thread.state])}</span>
            <span className={thread.overdue ? styles.overdue : ''}>
              {thread.dueAt ? t`请在 ${moment(thread.dueAt)} 前答复` : date(thread.createdAt)}
              {thread.overdue && ` · ${t`过期了`}`}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
