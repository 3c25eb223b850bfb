import { newId, type Id } from '@hehuo/kernel';
import type { Kind } from '@hehuo/campaign';
import { SystemClock, type Sql, type SqlValue } from '@hehuo/platform';

const id = <P extends string>(prefix: P): Id<P> => newId(prefix, new SystemClock().now().getTime());

export interface AskFixture {
  readonly kind: Kind;
  readonly minimum?: bigint;
  readonly cap?: bigint;
  readonly required?: boolean;
  readonly perPersonMax?: bigint;
  /** Capacities of slots of 120 minutes each. */
  readonly slots?: readonly number[];
}

export interface CampaignFixture {
  readonly asks: readonly AskFixture[];
  readonly people?: number;
  /** Seconds from now by the database's clock; negative is past. */
  readonly deadlineSeconds?: number;
  readonly paymentMode?: 'pay_on_success' | 'pay_now' | 'offline';
}

export interface OpenCampaign {
  readonly campaignId: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly organiserId: Id<'per'>;
  readonly custodyAccountId: Id<'cus'>;
  /** Verified grown-ups, each of a household of their own. */
  readonly people: readonly Id<'per'>[];
  readonly asks: readonly {
    readonly id: Id<'ask'>;
    readonly kind: Kind;
    readonly slots: readonly Id<'slt'>[];
  }[];
}

const UNIT: Record<Kind, string> = {
  skilled_work: 'minutes',
  labour: 'minutes',
  goods: 'pieces',
  money: 'fen',
  planning: 'plans',
  attention: 'households',
};

/**
 * A community with verified residents and a campaign that is open, written straight into the tables: the quick ground
 * for tests of what comes after. How campaigns really come to be open is tested through the use cases elsewhere.
 */
export async function openCampaign(sql: Sql, fixture: CampaignFixture): Promise<OpenCampaign> {
  const communityId = id('com');
  const campaignId = id('cmp');
  const custodyAccountId = id('cus');
  const people = await settle(sql, communityId, fixture.people ?? 3);
  const asks = fixture.asks.map((ask) => ({ ...ask, id: id('ask') }));
  await sql.change(
    `INSERT INTO campaign (id, community_id, organiser_id, state, title, lead_text, story, beneficiaries, place_text, plan, risks,
       category, legal_type, payment_mode, custody_account_id, deadline, time_zone, notice_days, collection_hours,
       failure_policy, surplus_policy, scope_change_policy, notice_ends_at, opened_at)
     VALUES (?, ?, ?, 'open', '修长椅', '香樟树下的长椅坏了', '故事', '邻居', '香樟树下', '计划', '风险', 'public_space', 'mutual_aid', ?, ?,
       UTC_TIMESTAMP(3) + INTERVAL ? SECOND, 'Asia/Shanghai', 7, 72, 'refund_all', 'refund_pro_rata', 'reconsent_or_refund', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`,
    [
      campaignId,
      communityId,
      people[0]!,
      fixture.paymentMode ?? null,
      custodyAccountId,
      fixture.deadlineSeconds ?? 3600,
    ],
  );
  await sql.change(
    `INSERT INTO intake (campaign_id, community_id, state, deadline)
     SELECT id, community_id, 'open', deadline FROM campaign WHERE id = ?`,
    [campaignId],
  );
  const made: { id: Id<'ask'>; kind: Kind; slots: Id<'slt'>[] }[] = [];
  for (const [position, ask] of asks.entries()) made.push(await addAsk(sql, campaignId, position, ask));
  return { campaignId, communityId, organiserId: people[0]!, custodyAccountId, people, asks: made };
}

/** Moves the deadline of an open campaign to so many seconds from now, by the clock of the database. */
export async function moveDeadlineOf(sql: Sql, campaignId: string, seconds: number): Promise<void> {
  await sql.change('UPDATE campaign SET deadline = UTC_TIMESTAMP(3) + INTERVAL ? SECOND WHERE id = ?', [
    seconds,
    campaignId,
  ]);
  await sql.change(
    'UPDATE intake SET deadline = (SELECT deadline FROM campaign WHERE id = campaign_id) WHERE campaign_id = ?',
    [campaignId],
  );
}

async function addAsk(
  sql: Sql,
  campaignId: Id<'cmp'>,
  position: number,
  ask: AskFixture & { id: Id<'ask'> },
): Promise<{ id: Id<'ask'>; kind: Kind; slots: Id<'slt'>[] }> {
  const minimum = ask.minimum ?? 1n;
  await sql.change(
    `INSERT INTO ask (id, campaign_id, position, kind, title, unit, minimum, wanted, cap, required, per_person_max, goods_mode)
     VALUES (?, ?, ?, ?, '要的东西', ?, ?, ?, ?, ?, ?, ?)`,
    [
      ask.id,
      campaignId,
      position,
      ask.kind,
      UNIT[ask.kind],
      minimum,
      minimum,
      ask.cap ?? null,
      ask.required ?? true,
      ask.perPersonMax ?? null,
      ask.kind === 'goods' ? 'give' : null,
    ],
  );
  if (ask.kind === 'money') {
    await sql.change(
      "INSERT INTO cost_line (campaign_id, position, title, amount) VALUES (?, ?, '材料', ?)",
      [campaignId, position, minimum],
    );
  }
  await sql.change('INSERT INTO ask_intake (ask_id, campaign_id) VALUES (?, ?)', [ask.id, campaignId]);
  const slots = (ask.slots ?? []).map((capacity) => ({ slotId: id('slt'), capacity }));
  for (const { slotId, capacity } of slots) {
    await sql.change(
      `INSERT INTO slot (id, ask_id, campaign_id, starts_at, ends_at, capacity)
       VALUES (?, ?, ?, UTC_TIMESTAMP(3) + INTERVAL 10 DAY, UTC_TIMESTAMP(3) + INTERVAL 10 DAY + INTERVAL 120 MINUTE, ?)`,
      [slotId, ask.id, campaignId, capacity],
    );
  }
  return { id: ask.id, kind: ask.kind, slots: slots.map(({ slotId }) => slotId) };
}

/** Households with one verified grown-up each. */
export async function settle(sql: Sql, communityId: Id<'com'>, count: number): Promise<Id<'per'>[]> {
  const streetId = id('reg');
  await sql.change(
    `INSERT INTO community (id, street_id, name, path, time_zone, household_count)
     VALUES (?, ?, ?, ?, 'Asia/Shanghai', ?)`,
    [communityId, streetId, '测试社区', `/${communityId}`, count],
  );
  const residents = Array.from({ length: count }, () => ({
    person: id('per'),
    household: id('hhd'),
    membership: id('mbr'),
  }));
  const pageMax = 1000;
  for (let at = 0; at < residents.length; at += pageMax) {
    const page = residents.slice(at, at + pageMax);
    await sql.change('INSERT INTO person (id, state) VALUES ?', [
      page.map(({ person }) => [person, 'active']) as SqlValue[],
    ]);
    await sql.change(
      'INSERT INTO membership (id, community_id, person_id, household_id, state, open_for, basis, adult) VALUES ?',
      [
        page.map(({ membership, person, household }) => [
          membership,
          communityId,
          person,
          household,
          'verified',
          person,
          'staff',
          true,
        ]) as SqlValue[],
      ],
    );
  }
  return residents.map(({ person }) => person);
}
