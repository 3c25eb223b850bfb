import { defineMachine, type Id } from '@hehuo/kernel';
import type { GatewayName } from './charge.js';

export type ChannelState = 'proposed' | 'active' | 'closed';
export type ChannelEvent = 'activate' | 'close';

export const CHANNEL_MACHINE = defineMachine<ChannelState, ChannelEvent>('merchant channel', 'proposed', {
  proposed: { activate: 'active', close: 'closed' },
  active: { close: 'closed' },
  closed: {},
});

/** What the last question under some keys showed. `fails`: the gateway answered and did not accept them. */
export const CHECK_STATES = ['unchecked', 'works', 'fails', 'no_answer'] as const;
export type CheckState = (typeof CHECK_STATES)[number];

export interface Check {
  readonly state: CheckState;
  /** The gateway's word, or how the answer was lost. */
  readonly detail: string | null;
  readonly at: Date | null;
}

/** One merchant account of a custodian at one gateway. An account may have several; the payer chooses. */
export interface MerchantChannel {
  readonly id: Id<'chn'>;
  readonly custodyAccountId: Id<'cus'>;
  readonly communityId: Id<'com'>;
  readonly gateway: GatewayName;
  /** The custodian's name at the gateway. */
  readonly merchantRef: string;
  readonly state: ChannelState;
  readonly version: number;
  readonly proposedBy: Id<'per'>;
  readonly approvedBy: Id<'per'> | null;
  /** How the channel stands under the keys that it uses. */
  readonly check: Check;
}

/** `proposed` keys wait for a second person, `current` ones are used, `previous` ones still open late callbacks. */
export const KEY_STATES = ['proposed', 'current', 'previous', 'dropped'] as const;
export type KeyState = (typeof KEY_STATES)[number];

/** What may be known of a set of keys without knowing the keys. */
export interface KeyRevision {
  readonly channelId: Id<'chn'>;
  readonly revision: number;
  readonly state: KeyState;
  readonly enteredBy: Id<'per'>;
  readonly check: Check;
}

/** Callbacks made under replaced keys are taken for this many hours: gateways repeat theirs for a day. */
export const previousKeysHours = 48;
/** An active channel is asked this often whether its keys still work. */
export const channelCheckHours = 6;
