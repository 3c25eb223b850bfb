import { DomainError } from '@hehuo/kernel';

/** Every refusal of this context. The api maps each code to one status; the message says what to do. */
export type CampaignErrorCode =
  | 'need_not_found'
  | 'need_closed'
  | 'too_many_needs'
  | 'too_many_drafts'
  | 'too_many_drafts_today'
  | 'echo_not_found'
  | 'campaign_not_found'
  | 'campaign_changed'
  | 'campaign_stale'
  | 'community_unknown'
  | 'campaign_incomplete'
  | 'campaign_field_invalid'
  | 'campaign_not_editable'
  | 'campaign_frozen'
  | 'campaign_forbidden'
  | 'campaign_not_open'
  | 'campaign_not_suspended'
  | 'category_blocked'
  | 'not_a_member'
  | 'adults_only'
  | 'not_in_review'
  | 'review_incomplete'
  | 'reviewer_is_organiser'
  | 'custody_account_missing'
  | 'custody_account_unfit'
  | 'version_required'
  | 'objection_not_found'
  | 'objection_answered'
  | 'objection_open_already'
  | 'not_under_notice'
  | 'deadline_too_near'
  | 'extension_refused'
  | 'has_pledges'
  | 'task_not_found'
  | 'task_done';

export class CampaignError extends DomainError<CampaignErrorCode> {}

/** What can be wrong with a place of a campaign's document. The api has words for each. */
export type FlawCode =
  | 'missing'
  | 'length'
  | 'range'
  | 'too_many'
  | 'not_for_kind'
  | 'kind_twice'
  | 'below_minimum'
  | 'below_wanted'
  | 'required_without_minimum'
  | 'above_person'
  | 'above_slots'
  | 'above_community'
  | 'above_costs'
  | 'shares_sum'
  | 'slot_missing'
  | 'slot_order'
  | 'slot_length'
  | 'slot_capacity'
  | 'slot_overlap'
  | 'day'
  | 'order'
  | 'url'
  | 'category_blocked'
  | 'nothing_required'
  | 'no_money'
  | 'no_money_here'
  | 'not_for_type'
  | 'before_deadline'
  | 'deadline_too_near'
  | 'deadline_too_far'
  | 'deadline_format'
  | 'deadline_skipped'
  | 'deadline_twice'
  | 'pay_now_too_long'
  | 'photo_twice';

/** One thing that is missing or wrong, with a JSON pointer into the campaign's document (RFC 6901). */
export interface Flaw {
  readonly pointer: string;
  readonly code: FlawCode;
  readonly message: string;
}

/** All flaws at once: somebody who fills in a form should not meet them one by one. */
export function refuseFlaws(
  code: 'campaign_incomplete' | 'campaign_field_invalid',
  flaws: readonly Flaw[],
): void {
  const [first] = flaws;
  if (!first) return;
  const rest = flaws.length > 1 ? ` (and ${flaws.length - 1} more)` : '';
  throw new CampaignError(code, `${first.message}${rest}`, { errors: flaws });
}
