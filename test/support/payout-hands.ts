import { createHash, randomBytes } from 'node:crypto';
import type { Actor, Role } from '@hehuo/identity';
import { newId, type Id } from '@hehuo/kernel';
import {
  ApprovePayout,
  ConfirmPayee,
  DecideClawBack,
  EnterClawBack,
  EnterPayee,
  PayOut,
  ProposePayout,
  type PayoutPart,
} from '@hehuo/payment';
import { SystemClock, type Sql } from '@hehuo/platform';
import { DecideMilestone, ProposeDecision, RunRefunds, type ProposeDecisionInput } from '@hehuo/settlement';
import type { OpenCampaign } from './open-campaign.js';
import { actorOf } from './world.js';

const ACCOUNT = '6222021001011234';
const clock = new SystemClock();

type Get = <T>(token: abstract new (...values: never[]) => T) => T;

/** The persons of a community through whose hands a campaign's money leaves, each with a session of their own. */
export class PayoutHands {
  readonly staff = this.officer('community_staff');
  readonly clerk = this.officer('community_staff');
  readonly first = this.officer('fund_approver');
  readonly second = this.officer('fund_approver');

  constructor(
    private readonly get: Get,
    private readonly sql: Sql,
    private readonly open: OpenCampaign,
  ) {}

  act(actor: Actor) {
    const key = randomBytes(12).toString('hex');
    return { actor, key, fingerprint: createHash('sha256').update(key).digest() };
  }

  officer(role: Role): Actor {
    const { communityId } = this.open;
    return actorOf(newId('per', clock.now().getTime()), { roles: [{ role, communityId }] });
  }

  /** Entered, confirmed by another, and its hold is over. */
  async payee(name = '成都木工坊有限公司'): Promise<Id<'pye'>> {
    const { campaignId } = this.open;
    const { id: payeeId } = await this.get(EnterPayee).execute({
      ...{ ...this.act(this.clerk), campaignId, kind: 'supplier', partnerId: null, personId: null },
      ...{ name, bankName: '农商银行', account: ACCOUNT },
    });
    await this.get(ConfirmPayee).execute({ ...this.act(this.staff), payeeId, account: ACCOUNT });
    await this.sql.change('UPDATE payee SET changed_at = changed_at - INTERVAL 73 HOUR WHERE id = ?', [
      payeeId,
    ]);
    return payeeId;
  }

  async propose(payeeId: Id<'pye'>, part: PayoutPart, amount: bigint): Promise<Id<'pyo'>> {
    const number = `INV-${randomBytes(6).toString('hex')}`;
    const { id } = await this.get(ProposePayout).execute({
      ...{
        ...this.act(this.staff),
        campaignId: this.open.campaignId,
        payeeId,
        part,
        amount,
        purpose: '长椅木料',
      },
      vouchers: [{ number, title: '发票', amount, fileId: null, evidence: '发票在档案盒' }],
    });
    return id;
  }

  async release(payoutId: Id<'pyo'>): Promise<void> {
    for (const actor of [this.first, this.second])
      await this.get(ApprovePayout).execute({ ...this.act(actor), payoutId });
  }

  async finish(payoutId: Id<'pyo'>): Promise<void> {
    await this.get(PayOut).send({ ...this.act(this.staff), payoutId });
    const voucher = `B-${randomBytes(6).toString('hex')}`;
    await this.get(PayOut).confirm({ ...this.act(this.clerk), payoutId, voucher, reason: null });
  }

  /** From the proposal to the bank's voucher. */
  async payOut(payeeId: Id<'pye'>, part: PayoutPart, amount: bigint): Promise<Id<'pyo'>> {
    const payoutId = await this.propose(payeeId, part, amount);
    await this.release(payoutId);
    await this.finish(payoutId);
    return payoutId;
  }

  /** The payee gave money back; two saw it. */
  async clawBack(payoutId: Id<'pyo'>, amount: bigint): Promise<void> {
    const voucher = `C-${randomBytes(6).toString('hex')}`;
    const entry = { ...this.act(this.staff), payoutId, amount, voucher, reason: '验收不合格' };
    const { id: clawBackId } = await this.get(EnterClawBack).execute(entry);
    await this.get(DecideClawBack).confirm({ ...this.act(this.clerk), clawBackId, voucher });
  }

  async proposeDecision(
    wish: Pick<ProposeDecisionInput, 'kind' | 'part'> & Partial<ProposeDecisionInput>,
  ): Promise<Id<'mdc'>> {
    const { id } = await this.get(ProposeDecision).execute({
      ...{ ...this.act(this.staff), campaignId: this.open.campaignId, reason: '施工方退出' },
      ...{ evidence: null, payeeId: null, ...wish },
    });
    return id;
  }

  async confirmDecision(decisionId: Id<'mdc'>, actor = this.first): Promise<void> {
    await this.get(DecideMilestone).confirm({ ...this.act(actor), decisionId });
  }

  async decide(...wish: Parameters<PayoutHands['proposeDecision']>): Promise<void> {
    await this.confirmDecision(await this.proposeDecision(...wish));
  }

  /** The worker's rounds over refund runs, until none is left. */
  async runRefunds(): Promise<void> {
    const runs = this.get(RunRefunds);
    for (const runId of await runs.due(100)) await runs.execute(runId);
  }
}

/** Milestones of an open campaign by their shares, straight into the table. */
export async function withMilestones(
  sql: Sql,
  { campaignId }: OpenCampaign,
  ...bps: number[]
): Promise<void> {
  for (const [position, share] of bps.entries()) {
    await sql.change(
      "INSERT INTO milestone (campaign_id, position, title, due_on, share_bps) VALUES (?, ?, ?, '2027-01-01', ?)",
      [campaignId, position, `第${position + 1}步`, share],
    );
  }
}
