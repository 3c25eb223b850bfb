import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react';
import { Mark, type Look } from '../../ui/state-mark';

/** How the things of the desk stand. A word that two kinds of things share means the same for both. */
const STATES: Readonly<Record<string, readonly [words: MessageDescriptor, look: Look]>> = {
  requested: [msg`等确认`, 'lit'],
  verified: [msg`已认证`, 'good'],
  ended: [msg`已结束`, 'quiet'],
  closed: [msg`已关`, 'quiet'],
  refused: [msg`没通过`, 'bad'],
  withdrawn: [msg`撤回了`, 'quiet'],
  open: [msg`等处理`, 'lit'],
  answered: [msg`答复了`, 'good'],
  settled: [msg`说清楚了`, 'good'],
};

export function DeskState({ state }: { readonly state: string }) {
  const { i18n } = useLingui();
  const [words, look] = STATES[state] ?? [null, 'quiet' as const];
  return <Mark look={look}>{words ? i18n._(words) : state}</Mark>;
}
