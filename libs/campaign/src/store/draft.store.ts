import { Injectable } from '@nestjs/common';
import { newId, StateLog, type Id, type Tx } from '@hehuo/kernel';
import { sqlOf, type SqlValue } from '@hehuo/platform';
import type { PlannedAsk } from '../domain/ask-plan.js';
import type { Campaign, CostLine, Milestone } from '../domain/campaign.js';
import { CAMPAIGN_MACHINE, EDITABLE_STATES, PRIVATE_STATES } from '../domain/campaign.machine.js';
import { changedMeanwhile } from './campaign.store.js';

export type NewDraft = Pick<
  Campaign,
  | 'id'
  | 'communityId'
  | 'organiserId'
  | 'needId'
  | 'title'
  | 'story'
  | 'placeText'
  | 'category'
  | 'legalType'
  | 'policies'
  | 'timeZone'
  | 'noticeDays'
  | 'collectionHours'
>;

/** Columns that a draft's parts write; none of them can be written once the campaign left the desk. */
export interface DraftColumns {
  readonly title?: string;
  readonly lead_text?: string;
  readonly story?: string;
  readonly beneficiaries?: string;
  readonly category?: string;
  readonly place_text?: string;
  readonly plan?: string;
  readonly risks?: string;
  readonly legal_type?: string;
  readonly external_url?: string | null;
  readonly payment_mode?: string | null;
  /** Emptied when what the account was chosen for changes. */
  readonly custody_account_id?: null;
  readonly deadline?: Date | null;
  readonly collection_hours?: number;
  readonly failure_policy?: string;
  readonly surplus_policy?: string;
  readonly scope_change_policy?: string;
  readonly extension_days_max?: number;
  readonly extension_reached_percent?: number;
}

@Injectable()
export class DraftStore {
  constructor(private readonly log: StateLog) {}

  /** Campaigns of this person that the neighbours have not seen yet. */
  async unfinishedOf(tx: Tx, organiserId: Id<'per'>): Promise<number> {
    const row = await sqlOf(tx).row<{ n: string }>(
      'SELECT COUNT(*) AS n FROM campaign WHERE organiser_id = ? AND state IN (?)',
      [organiserId, [...PRIVATE_STATES]],
    );
    return Number(row?.n);
  }

  async insert(tx: Tx, draft: NewDraft): Promise<void> {
    const state = CAMPAIGN_MACHINE.initial;
    await sqlOf(tx).change(
      `INSERT INTO campaign (id, community_id, organiser_id, need_id, state, title, lead_text, story, beneficiaries,
         place_text, plan, risks, category, legal_type, time_zone, notice_days, collection_hours,
         failure_policy, surplus_policy, scope_change_policy)
       VALUES (?, ?, ?, ?, ?, ?, '', ?, '', ?, '', '', ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        draft.id,
        draft.communityId,
        draft.organiserId,
        draft.needId,
        state,
        draft.title,
        draft.story,
        draft.placeText,
        draft.category,
        draft.legalType,
        draft.timeZone,
        draft.noticeDays,
        draft.collectionHours,
        draft.policies.failure,
        draft.policies.surplus,
        draft.policies.scopeChange,
      ],
    );
    await this.log.append(tx, [
      { objectType: 'campaign', objectId: draft.id, from: null, to: state, event: 'create' },
    ]);
  }

  /** Writes a part and counts the version up, only while the campaign is editable and nobody else was faster. */
  async write(tx: Tx, campaign: Campaign, columns: DraftColumns): Promise<void> {
    const entries = Object.entries(columns) as [string, SqlValue][];
    const sets = [...entries.map(([column]) => `${column} = ?`), 'version = version + 1'];
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE campaign SET ${sets.join(', ')} WHERE id = ? AND version = ? AND state IN (?)`,
      [...entries.map(([, value]) => value), campaign.id, campaign.version, EDITABLE_STATES],
    );
    if (affectedRows !== 1) throw changedMeanwhile(campaign);
  }

  /** Puts a new goal vector in place of the old one. The caller holds the campaign and has checked its state. */
  async replaceAsks(tx: Tx, campaign: Campaign, asks: readonly PlannedAsk[], atMs: number): Promise<void> {
    await sqlOf(tx).change('DELETE FROM slot WHERE campaign_id = ?', [campaign.id]);
    await sqlOf(tx).change('DELETE FROM ask WHERE campaign_id = ?', [campaign.id]);
    if (asks.length === 0) return;
    const withIds = asks.map((ask) => ({ ask, id: newId('ask', atMs) }));
    await sqlOf(tx).change(
      `INSERT INTO ask (id, campaign_id, position, kind, title, unit, unit_label, minimum, wanted, cap, required,
         per_person_max, per_pledge_max, goods_mode, return_on, skill, credential) VALUES ?`,
      [withIds.map(({ ask, id }) => askValues(id, campaign.id, ask))],
    );
    const slots = withIds.flatMap(({ ask, id }) =>
      ask.slots.map((slot) => [
        newId('slt', atMs),
        id,
        campaign.id,
        slot.startsAt,
        slot.endsAt,
        slot.capacity,
      ]),
    );
    if (slots.length === 0) return;
    await sqlOf(tx).change(
      'INSERT INTO slot (id, ask_id, campaign_id, starts_at, ends_at, capacity) VALUES ?',
      [slots],
    );
  }

  async replaceCosts(tx: Tx, campaignId: Id<'cmp'>, lines: readonly CostLine[]): Promise<void> {
    await sqlOf(tx).change('DELETE FROM cost_line WHERE campaign_id = ?', [campaignId]);
    if (lines.length === 0) return;
    await sqlOf(tx).change('INSERT INTO cost_line (campaign_id, position, title, amount) VALUES ?', [
      lines.map(({ position, title, amount }) => [campaignId, position, title, amount]),
    ]);
  }

  async replaceMilestones(tx: Tx, campaignId: Id<'cmp'>, steps: readonly Milestone[]): Promise<void> {
    await sqlOf(tx).change('DELETE FROM milestone WHERE campaign_id = ?', [campaignId]);
    if (steps.length === 0) return;
    await sqlOf(tx).change(
      'INSERT INTO milestone (campaign_id, position, title, due_on, share_bps) VALUES ?',
      [steps.map(({ position, title, dueOn, shareBps }) => [campaignId, position, title, dueOn, shareBps])],
    );
  }

  /** Who holds the money. Staff set it until the campaign opens. */
  async setCustody(tx: Tx, campaign: Campaign, custodyAccountId: Id<'cus'>): Promise<void> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE campaign SET custody_account_id = ?, version = version + 1
       WHERE id = ? AND version = ? AND state IN ('draft', 'in_review', 'returned')`,
      [custodyAccountId, campaign.id, campaign.version],
    );
    if (affectedRows !== 1) throw changedMeanwhile(campaign);
  }
}

function askValues(id: Id<'ask'>, campaignId: Id<'cmp'>, ask: PlannedAsk): SqlValue[] {
  return [
    id,
    campaignId,
    ask.position,
    ask.kind,
    ask.title,
    ask.unit,
    ask.unitLabel,
    ask.minimum,
    ask.wanted,
    ask.cap,
    ask.required,
    ask.perPersonMax,
    ask.perPledgeMax,
    ask.goodsMode,
    ask.returnOn,
    ask.skill,
    ask.credential,
  ];
}
