import { Injectable } from '@nestjs/common';
import { StateLog, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql, type SqlValue } from '@hehuo/platform';
import { CAMPAIGN_MACHINE, type CampaignEvent, type CampaignState } from '../domain/campaign.machine.js';
import type { Campaign, FailurePolicy, LegalType, PaymentMode } from '../domain/campaign.js';
import type { ScopeChangePolicy, SurplusPolicy } from '../domain/campaign.js';
import { CampaignError } from '../domain/errors.js';

/** Written together with a change of state. `'now'` is the instant of the database. */
export interface StateColumns {
  readonly round?: number;
  readonly deadline?: Date;
  readonly noticeEndsAt?: Date | null;
  readonly collectionEndsAt?: Date | null;
  readonly extendedAt?: 'now';
  readonly suspendedFrom?: 'notice' | 'open' | null;
  readonly suspendedAt?: 'now' | null;
  readonly suspendedReason?: string | null;
  readonly haltedReason?: string | null;
  readonly cancelledReason?: string;
  readonly submittedAt?: 'now';
  readonly openedAt?: 'now';
  readonly closedAt?: 'now' | Date;
  readonly decidedAt?: 'now' | Date;
}

const COLUMN_OF: Readonly<Record<keyof StateColumns, string>> = {
  round: 'round',
  deadline: 'deadline',
  noticeEndsAt: 'notice_ends_at',
  collectionEndsAt: 'collection_ends_at',
  extendedAt: 'extended_at',
  suspendedFrom: 'suspended_from',
  suspendedAt: 'suspended_at',
  suspendedReason: 'suspended_reason',
  haltedReason: 'halted_reason',
  cancelledReason: 'cancelled_reason',
  submittedAt: 'submitted_at',
  openedAt: 'opened_at',
  closedAt: 'closed_at',
  decidedAt: 'decided_at',
};

/** Before the end of a collection; who drafts may be given another account. */
const UNDECIDED: readonly CampaignState[] = [
  ...(['draft', 'in_review', 'returned', 'notice', 'open', 'closing', 'collecting', 'suspended'] as const),
];

interface CampaignRecord {
  readonly [column: string]: unknown;
}

const COLUMNS = `id, community_id, organiser_id, need_id, state, version, round, title, lead_text, story, beneficiaries,
  place_text, plan, risks, category, legal_type, external_url, payment_mode, custody_account_id, deadline, time_zone,
  notice_days, notice_ends_at, collection_hours, collection_ends_at, failure_policy, surplus_policy,
  scope_change_policy, extension_days_max, extension_reached_percent, extended_at, suspended_from, suspended_at, suspended_reason, halted_reason,
  cancelled_reason, submitted_at, opened_at, closed_at, decided_at, created_at`;

@Injectable()
export class CampaignStore {
  constructor(
    private readonly database: Database,
    private readonly log: StateLog,
  ) {}

  async find(id: Id<'cmp'>): Promise<Campaign | null> {
    return this.read(this.database, id, '');
  }

  /** Locks the campaign until the transaction ends. Lock the intake first where both are needed. */
  async findForUpdate(tx: Tx, id: Id<'cmp'>): Promise<Campaign> {
    const campaign = await this.read(sqlOf(tx), id, 'FOR UPDATE');
    if (!campaign) throw new CampaignError('campaign_not_found', 'there is no such campaign');
    return campaign;
  }

  /** How many campaigns of a community count on an account and may still ask neighbours to pay into it. */
  async countUndecidedAt(tx: Tx, communityId: Id<'com'>, custodyAccountId: Id<'cus'>): Promise<number> {
    const row = await sqlOf(tx).row<{ count: number }>(
      'SELECT COUNT(*) AS count FROM campaign WHERE community_id = ? AND state IN (?) AND custody_account_id = ?',
      [communityId, UNDECIDED, custodyAccountId],
    );
    return Number(row?.count ?? 0);
  }

  /** The database's clock, which judges every deadline. */
  async now(tx: Tx): Promise<Date> {
    const row = await sqlOf(tx).row<{ now: Date }>('SELECT UTC_TIMESTAMP(3) AS now');
    if (!row) throw new Error('the database does not tell the time');
    return row.now;
  }

  /**
   * The one place that writes a campaign's state. Throws StateConflict when the table has no such step and
   * `campaign_changed` when somebody was faster. Returns the campaign as it is now stored.
   */
  async changeState(
    tx: Tx,
    campaign: Campaign,
    event: CampaignEvent,
    columns: StateColumns = {},
    reason?: string,
  ): Promise<Campaign> {
    const to = CAMPAIGN_MACHINE.next(campaign.state, event);
    const sets = ['state = ?', 'version = version + 1'];
    const values: SqlValue[] = [to];
    for (const [key, value] of Object.entries(columns) as [keyof StateColumns, SqlValue][]) {
      sets.push(`${COLUMN_OF[key]} = ${value === 'now' ? 'UTC_TIMESTAMP(3)' : '?'}`);
      if (value !== 'now') values.push(value);
    }
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE campaign SET ${sets.join(', ')} WHERE id = ? AND state = ? AND version = ?`,
      [...values, campaign.id, campaign.state, campaign.version],
    );
    if (affectedRows !== 1) throw changedMeanwhile(campaign);
    await this.log.append(tx, [
      {
        objectType: 'campaign',
        objectId: campaign.id,
        from: campaign.state,
        to,
        event,
        ...(reason === undefined ? {} : { reason }),
      },
    ]);
    const now = await this.read(sqlOf(tx), campaign.id, '');
    if (!now) throw changedMeanwhile(campaign);
    return now;
  }

  /** Stops a campaign whose numbers do not agree, in whatever state it is; a person must look before it goes on. */
  async halt(tx: Tx, campaign: Campaign, reason: string): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE campaign SET halted_reason = ?, version = version + 1 WHERE id = ? AND version = ?',
      [reason, campaign.id, campaign.version],
    );
    const { id: objectId, state } = campaign;
    await this.log.append(tx, [
      { objectType: 'campaign', objectId, from: state, to: state, event: 'halt', reason },
    ]);
  }

  private async read(sql: Sql, id: Id<'cmp'>, lock: '' | 'FOR UPDATE'): Promise<Campaign | null> {
    const row = await sql.row<CampaignRecord>(`SELECT ${COLUMNS} FROM campaign WHERE id = ? ${lock}`, [id]);
    return row ? campaignOf(row) : null;
  }
}

export function changedMeanwhile(campaign: { readonly id: Id<'cmp'> }): CampaignError {
  return new CampaignError('campaign_changed', 'somebody changed this campaign meanwhile; read it again', {
    campaignId: campaign.id,
  });
}

function campaignOf(row: CampaignRecord): Campaign {
  return {
    id: row['id'] as Id<'cmp'>,
    communityId: row['community_id'] as Id<'com'>,
    organiserId: row['organiser_id'] as Id<'per'>,
    needId: row['need_id'] as Id<'ned'> | null,
    state: row['state'] as CampaignState,
    version: Number(row['version']),
    round: Number(row['round']),
    title: row['title'] as string,
    lead: row['lead_text'] as string,
    story: row['story'] as string,
    beneficiaries: row['beneficiaries'] as string,
    placeText: row['place_text'] as string,
    plan: row['plan'] as string,
    risks: row['risks'] as string,
    category: row['category'] as string,
    legalType: row['legal_type'] as LegalType,
    externalUrl: row['external_url'] as string | null,
    paymentMode: row['payment_mode'] as PaymentMode | null,
    custodyAccountId: row['custody_account_id'] as Id<'cus'> | null,
    policies: {
      failure: row['failure_policy'] as FailurePolicy,
      surplus: row['surplus_policy'] as SurplusPolicy,
      scopeChange: row['scope_change_policy'] as ScopeChangePolicy,
    },
    extension: {
      daysMax: Number(row['extension_days_max']),
      reachedPercent: Number(row['extension_reached_percent']),
    },
    deadline: row['deadline'] as Date | null,
    timeZone: row['time_zone'] as string,
    noticeDays: Number(row['notice_days']),
    noticeEndsAt: row['notice_ends_at'] as Date | null,
    collectionHours: Number(row['collection_hours']),
    collectionEndsAt: row['collection_ends_at'] as Date | null,
    extendedAt: row['extended_at'] as Date | null,
    suspendedFrom: row['suspended_from'] as 'notice' | 'open' | null,
    suspendedAt: row['suspended_at'] as Date | null,
    suspendedReason: row['suspended_reason'] as string | null,
    haltedReason: row['halted_reason'] as string | null,
    cancelledReason: row['cancelled_reason'] as string | null,
    submittedAt: row['submitted_at'] as Date | null,
    openedAt: row['opened_at'] as Date | null,
    closedAt: row['closed_at'] as Date | null,
    decidedAt: row['decided_at'] as Date | null,
    createdAt: row['created_at'] as Date,
  };
}
