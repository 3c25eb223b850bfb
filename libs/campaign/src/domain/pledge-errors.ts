import { DomainError } from '@hehuo/kernel';

export type PledgeErrorCode =
  | 'pledge_not_found'
  | 'pledge_ask_unknown'
  | 'pledge_slot_unknown'
  | 'pledge_invalid'
  | 'pledging_closed'
  | 'pledge_not_eligible'
  | 'pledge_age'
  | 'pledge_full'
  | 'pledge_slot_full'
  | 'pledge_over_limit'
  | 'pledge_too_small'
  | 'pledge_too_many'
  | 'pledge_already_made'
  | 'pledge_on_behalf_refused'
  | 'pledge_key_reused'
  | 'pledging_busy'
  | 'pledge_not_withdrawable'
  | 'campaign_halted';

export class PledgeError extends DomainError<PledgeErrorCode> {}
