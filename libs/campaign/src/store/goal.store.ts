import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import type { Ask, CostLine, GoodsMode, Milestone, Slot } from '../domain/campaign.js';
import type { AskUnit, Kind } from '../domain/kind.js';

interface AskRecord {
  readonly id: Id<'ask'>;
  readonly position: number;
  readonly kind: Kind;
  readonly title: string;
  readonly unit: AskUnit;
  readonly unit_label: string | null;
  readonly minimum: string;
  readonly wanted: string;
  readonly cap: string | null;
  readonly required: number;
  readonly per_person_max: string | null;
  readonly per_pledge_max: string | null;
  readonly goods_mode: GoodsMode | null;
  readonly return_on: string | null;
  readonly skill: string | null;
  readonly credential: string | null;
}

/** A slot with the places that are promised in it. */
export interface SlotTaken extends Slot {
  readonly reserved: number;
}

/** What a campaign wants: the goal vector with its slots, the cost lines and the milestones. Frozen once open. */
@Injectable()
export class GoalStore {
  constructor(private readonly database: Database) {}

  async asks(campaignId: Id<'cmp'>, tx?: Tx): Promise<Ask[]> {
    const rows = await this.sql(tx).rows<AskRecord>(
      `SELECT id, position, kind, title, unit, unit_label, minimum, wanted, cap, required, per_person_max,
              per_pledge_max, goods_mode, CAST(return_on AS CHAR) AS return_on, skill, credential
       FROM ask WHERE campaign_id = ? ORDER BY position`,
      [campaignId],
    );
    return rows.map((row) => askOf(row, campaignId));
  }

  async slots(campaignId: Id<'cmp'>, tx?: Tx): Promise<SlotTaken[]> {
    const rows = await this.sql(tx).rows<{
      id: Id<'slt'>;
      ask_id: Id<'ask'>;
      starts_at: Date;
      ends_at: Date;
      capacity: number;
      reserved: number;
    }>(
      `SELECT id, ask_id, starts_at, ends_at, capacity, reserved FROM slot
       WHERE campaign_id = ? ORDER BY ask_id, starts_at, id`,
      [campaignId],
    );
    return rows.map((row) => ({
      id: row.id,
      askId: row.ask_id,
      campaignId,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      capacity: Number(row.capacity),
      reserved: Number(row.reserved),
    }));
  }

  async costs(campaignId: Id<'cmp'>, tx?: Tx): Promise<CostLine[]> {
    const rows = await this.sql(tx).rows<{ position: number; title: string; amount: string }>(
      'SELECT position, title, amount FROM cost_line WHERE campaign_id = ? ORDER BY position',
      [campaignId],
    );
    return rows.map(({ position, title, amount }) => ({
      position: Number(position),
      title,
      amount: BigInt(amount),
    }));
  }

  async milestones(campaignId: Id<'cmp'>, tx?: Tx): Promise<Milestone[]> {
    const rows = await this.sql(tx).rows<{
      position: number;
      title: string;
      due_on: string;
      share_bps: number;
    }>(
      `SELECT position, title, CAST(due_on AS CHAR) AS due_on, share_bps
       FROM milestone WHERE campaign_id = ? ORDER BY position`,
      [campaignId],
    );
    return rows.map((row) => ({
      position: Number(row.position),
      title: row.title,
      dueOn: row.due_on,
      shareBps: Number(row.share_bps),
    }));
  }

  private sql(tx: Tx | undefined): Sql {
    return tx ? sqlOf(tx) : this.database;
  }
}

function askOf(row: AskRecord, campaignId: Id<'cmp'>): Ask {
  return {
    id: row.id,
    campaignId,
    position: Number(row.position),
    kind: row.kind,
    title: row.title,
    unit: row.unit,
    unitLabel: row.unit_label,
    minimum: BigInt(row.minimum),
    wanted: BigInt(row.wanted),
    cap: row.cap === null ? null : BigInt(row.cap),
    required: Number(row.required) === 1,
    perPersonMax: row.per_person_max === null ? null : BigInt(row.per_person_max),
    perPledgeMax: row.per_pledge_max === null ? null : BigInt(row.per_pledge_max),
    goodsMode: row.goods_mode,
    returnOn: row.return_on,
    skill: row.skill,
    credential: row.credential,
  };
}
