import { defineMachine } from '@hehuo/kernel';

export type MembershipState = 'requested' | 'verified' | 'refused' | 'ended';
export type MembershipEvent = 'verify' | 'refuse' | 'end';
/** On what ground somebody counts as a member: the code on the household's door, or staff who looked. */
export type MembershipBasis = 'door_code' | 'staff';

export const MEMBERSHIP_STATES: readonly MembershipState[] = ['requested', 'verified', 'refused', 'ended'];

export const MEMBERSHIP_MACHINE = defineMachine<MembershipState, MembershipEvent>('membership', 'requested', {
  requested: { verify: 'verified', refuse: 'refused', end: 'ended' },
  verified: { end: 'ended' },
  refused: {},
  ended: {},
});
