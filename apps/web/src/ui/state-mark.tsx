import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import styles from './state-mark.module.css';

export type Look = 'quiet' | 'lit' | 'good' | 'bad';

/** The states of a campaign, as a neighbour says them. */
const STATES: Readonly<Record<string, { readonly words: MessageDescriptor; readonly look: Look }>> = {
  draft: { words: msg`草稿`, look: 'quiet' },
  in_review: { words: msg`待核实`, look: 'quiet' },
  returned: { words: msg`退回修改`, look: 'bad' },
  notice: { words: msg`公示中`, look: 'quiet' },
  open: { words: msg`正在筹`, look: 'lit' },
  suspended: { words: msg`暂停`, look: 'bad' },
  closing: { words: msg`正在结算`, look: 'quiet' },
  collecting: { words: msg`凑齐了，收款中`, look: 'good' },
  succeeded: { words: msg`凑齐了`, look: 'good' },
  delivering: { words: msg`正在做`, look: 'good' },
  completed: { words: msg`办成了`, look: 'good' },
  failed: { words: msg`没凑齐`, look: 'quiet' },
  cancelled: { words: msg`取消了`, look: 'quiet' },
};

export function StateMark({ state }: { readonly state: string }) {
  const { i18n } = useLingui();
  const mark = STATES[state];
  return <Mark look={mark?.look ?? 'quiet'}>{mark ? i18n._(mark.words) : state}</Mark>;
}

/** How something stands, as a small label. */
export function Mark({ look, children }: { readonly look: Look; readonly children: ReactNode }) {
  return <span className={`${styles.mark} ${styles[look]}`}>{children}</span>;
}
