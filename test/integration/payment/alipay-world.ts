import { generateKeyPairSync } from 'node:crypto';
import type { Id } from '@hehuo/kernel';
import {
  ActivateChannel,
  AlipayGateway,
  ActivateCustodyAccount,
  CheckChannel,
  MerchantKeys,
  OpenCharge,
  PlaceCharge,
  ProposeChannel,
  ProposeCustodyAccount,
  ProposeKeys,
  ReadCharge,
  ReceiveCallback,
  RequestRefund,
  type BillLine,
  type Charge,
  type OpenChargeInput,
  type PayablePledge,
} from '@hehuo/payment';
import { UnitOfWork } from '@hehuo/kernel';
import { HandClock } from '@hehuo/testing';
import { id, nowMs, officer, World } from './world.js';

export const appId = '2021000000000001';
export const seller = '2088000000000001';

/** A key pair of an app as its owner has it: the private half entered with us, the public one at Alipay. */
export function appKeys() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  };
}

/** The world of payments with a custodian that takes Alipay; the sandbox speaks Alipay's words over the same books. */
export class AlipayWorld extends World {
  readonly app = appKeys();
  readonly stranger = appKeys();
  alipayPublicKey = '';
  channelId!: Id<'chn'>;

  async startAlipay(): Promise<this> {
    await this.start({
      settings: (url) => ({ alipay: { gateway: `${url}/gateway.do`, timeoutMs: 1_000 } }),
    });
    await this.register({ appId, sellerId: seller, publicKey: this.app.publicKey });
    this.custodyAccountId = await this.alipayCustody();
    return this;
  }

  /** As the owner of the app does at open.alipay.com: gives the public key and copies Alipay's. */
  async register(...merchants: object[]): Promise<void> {
    const { status, text, body } = await this.sandbox('PUT', '/alipay/merchants', merchants);
    if (status !== 200) throw new Error(text);
    this.alipayPublicKey = String(body['alipayPublicKey']);
  }

  get keys() {
    return { appId, privateKey: this.app.privateKey, alipayPublicKey: this.alipayPublicKey };
  }

  /** Opens and places a charge; for a page or a code the order comes into being when the payer opens it. */
  override async charge(pledge: PayablePledge, over: Partial<OpenChargeInput> = {}): Promise<Charge> {
    const { charge } = await this.get(OpenCharge).execute(this.wish(pledge, { gateway: 'alipay', ...over }));
    return this.get(PlaceCharge).execute(charge.id);
  }

  /** The payer's browser follows the address, or the payer's app the code: where it ends is the page for payers. */
  async openPage(charge: Charge): Promise<Response> {
    return fetch(String(charge.payUrl), { redirect: 'manual' });
  }

  /** The payer opens the page and pays. */
  async payByPayer(charge: Charge): Promise<void> {
    await this.openPage(charge);
    const { status, text } = await this.pay(charge);
    if (status !== 200) throw new Error(text);
  }

  async openCharge(amount = 10_000n, over: Partial<OpenChargeInput> = {}): Promise<Charge> {
    const charge = await this.charge(await this.pledge(amount), over);
    await this.openPage(charge);
    return charge;
  }

  async paidCharge(amount = 10_000n): Promise<Charge> {
    const charge = await this.openCharge(amount);
    await this.pay(charge);
    await this.until('it is booked', async () => (await this.view(charge)).status === 'paid');
    return charge;
  }

  view(charge: Charge) {
    return this.get(ReadCharge).execute(charge.payerId, charge.id);
  }

  async stateOf(charge: Charge): Promise<string> {
    return (await this.view(charge)).charge.state;
  }

  askBack(charge: Charge, amount = charge.amount, fact = `pledge:${charge.pledgeId}:failed`) {
    const wish = { chargeId: charge.id, amount, fact, reason: 'campaign-failed' };
    return this.get(UnitOfWork).run((tx) => this.get(RequestRefund).execute(tx, wish));
  }

  receive(body: string, merchantRef: string | null = seller) {
    const callback = { merchantRef, headers: {}, body: Buffer.from(body) };
    return this.get(ReceiveCallback).execute('alipay', callback);
  }

  /** The bill of today as it can be fetched the day after tomorrow; of yesterday too where a test runs over midnight. */
  async linesOfBill(): Promise<readonly BillLine[]> {
    const clock = new HandClock(new Date(nowMs() + 2 * 86_400_000));
    const gateway = new AlipayGateway(
      { gateway: `${this.sandboxUrl}/gateway.do` },
      this.get(MerchantKeys),
      clock,
    );
    const days = [3_600_000, 0].map((agoMs) =>
      new Date(nowMs() - agoMs + 8 * 3_600_000).toISOString().slice(0, 10),
    );
    const lines: BillLine[] = [];
    for (const day of new Set(days)) {
      const finding = await gateway.bill(seller, day);
      if (finding.kind === 'bill') lines.push(...finding.lines);
      else if (finding.kind !== 'empty') throw new Error(JSON.stringify(finding));
    }
    await gateway.close();
    return lines;
  }

  private async alipayCustody(): Promise<Id<'cus'>> {
    const { communityId } = this;
    const [actor, approver] = [officer('community_staff', communityId), officer('fund_approver')];
    const accountId = await this.get(ProposeCustodyAccount).execute({
      ...{ actor, communityId, ownerName: '社区基金会', ownerKind: 'foundation' },
      signatories: [id('per'), id('per')],
    });
    await this.get(ActivateCustodyAccount).execute({ actor: approver, accountId });
    const wish = { actor, custodyAccountId: accountId, gateway: 'alipay', merchantRef: seller } as const;
    this.channelId = await this.get(ProposeChannel).execute(wish);
    const { channelId } = this;
    await this.get(ProposeKeys).execute({ actor, channelId, keys: this.keys });
    const check = await this.get(CheckChannel).onDemand(approver, channelId);
    if (check.state !== 'works') throw new Error(`the keys do not work: ${check.detail}`);
    await this.get(ActivateChannel).execute({ actor: approver, channelId });
    return accountId;
  }
}
