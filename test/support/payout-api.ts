import type { Id } from '@hehuo/kernel';
import { ConfirmReceipt, EnterReceipt } from '@hehuo/payment';
import { PassDeadline, RunSettlement } from '@hehuo/settlement';
import type { Test } from 'supertest';
import { id, MoneyApi, now, type Who } from './money-api.js';
import { withMilestones } from './payout-hands.js';

export const ACCOUNT = '6222021001011234';

export const voucher = (amount: string) => ({
  ...{ number: `F-${id('opr')}`, title: '木料', amount, evidence: '发票在档案盒' },
});

export const entry = (over: object = {}) => ({
  ...{ kind: 'supplier', name: '成都木工坊有限公司', bankName: '农商银行', account: ACCOUNT },
  ...over,
});

/** The api with an offline campaign that succeeded: two neighbours paid 10,000 fen each, two milestones share it. */
export class PayoutApi extends MoneyApi {
  payeeId: string = id('pye');

  override async start(): Promise<this> {
    await super.start();
    await this.activeAccount();
    await this.succeed();
    return this;
  }

  path(rest: string): string {
    return `/campaigns/${this.campaign.campaignId}${rest}`;
  }

  post(who: Who, path: string, body: object = {}, key = `key-${id('opr')}`): Test {
    return this.as(who, 'post', path).set('idempotency-key', key).send(body);
  }

  wish(amount = '600', over: object = {}) {
    return {
      ...{
        payeeId: this.payeeId,
        part: 'milestone:0',
        amount,
        purpose: '长椅木料',
        vouchers: [voucher(amount)],
      },
      ...over,
    };
  }

  private get<T>(token: abstract new (...values: never[]) => T): T {
    return this.api.app.get(token as never, { strict: false }) as T;
  }

  private async succeed(): Promise<void> {
    const { campaignId } = this.campaign;
    const sql = this.api.testDatabase.database;
    await withMilestones(sql, this.campaign, 6_000, 4_000);
    await sql.change('UPDATE intake SET deadline = UTC_TIMESTAMP(3) WHERE campaign_id = ?', [campaignId]);
    await this.get(PassDeadline).execute(campaignId);
    for (const [at, pledgeId] of this.pledges.slice(0, 2).entries()) await this.takeCash(at, pledgeId);
    await sql.change('UPDATE campaign SET collection_ends_at = UTC_TIMESTAMP(3) WHERE id = ?', [campaignId]);
    await this.get(PassDeadline).endCollection(campaignId);
    await this.get(RunSettlement).execute(campaignId);
  }

  private async takeCash(at: number, pledgeId: Id<'plg'>): Promise<void> {
    const { communityId } = this.campaign;
    const by = (role: string) => ({ personId: id('per'), roles: [{ role, communityId }] });
    const receiptId = await this.get(EnterReceipt).execute({
      ...{
        actor: by('community_staff'),
        pledgeId,
        method: 'bank_transfer',
        receiptNumber: `P-${at}`,
        amount: 10_000n,
      },
      ...{ receivedAt: now(), evidence: 'slip in the cash box', operationId: id('opr') },
    });
    await this.get(ConfirmReceipt).execute({ actor: by('fund_approver'), receiptId });
  }
}
