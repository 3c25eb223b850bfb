import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { Coins, Eye, HandHelping, Lightbulb, Package, Wrench, type LucideIcon } from 'lucide-react';

export const KINDS = ['skilled_work', 'labour', 'goods', 'money', 'planning', 'attention'] as const;
export type Kind = (typeof KINDS)[number];

interface KindWords {
  /** The character of the seal; a picture stands in its place where Chinese is not read. */
  readonly seal: string;
  readonly icon: LucideIcon;
  readonly name: MessageDescriptor;
  /** What somebody says who gives it. */
  readonly offer: MessageDescriptor;
}

export const KIND: Readonly<Record<Kind, KindWords>> = {
  skilled_work: { seal: '工', icon: Wrench, name: msg`筹工`, offer: msg`我会手艺，来出一份工` },
  labour: { seal: '劳', icon: HandHelping, name: msg`筹劳`, offer: msg`我有力气，来搭把手` },
  goods: { seal: '物', icon: Package, name: msg`筹物`, offer: msg`我家里有，拿来用` },
  money: { seal: '资', icon: Coins, name: msg`筹资`, offer: msg`我出一份钱` },
  planning: { seal: '策', icon: Lightbulb, name: msg`筹策划`, offer: msg`我来出个主意` },
  attention: { seal: '关', icon: Eye, name: msg`筹关注`, offer: msg`我家也想把这事办成` },
};

export const kindOf = (kind: string): Kind => KINDS.find((known) => known === kind) ?? 'attention';
