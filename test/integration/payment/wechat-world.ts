import { createCipheriv, createSign, generateKeyPairSync } from 'node:crypto';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import {
  ActivateChannel,
  ActivateCustodyAccount,
  CheckChannel,
  ProposeChannel,
  ProposeCustodyAccount,
  ProposeKeys,
  ReadCharge,
  ReceiveCallback,
  RequestRefund,
  type Charge,
  type MerchantKeySet,
  type OpenChargeInput,
  type PayablePledge,
} from '@hehuo/payment';
import { id, nowMs, officer, World } from './world.js';

export const mchid = '1900007291';
export const appid = 'wx8888888888888888';
export const apiV3Key = 'TestOnlyTestOnlyTestOnlyTestOnly';
export const merchantSerial = '1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C';

/** A fresh pair of RSA keys in PEM. */
export function rsaPair() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

export type Mode = 'public-key' | 'certificate';

/** The merchant as the simulator knows it. */
export function merchantOf(publicKey: string, mode: Mode) {
  return { mchid, appid, serial: merchantSerial, publicKey, apiV3Key, mode };
}

/** The keys as the custodian enters them: its own and what the simulator gives to verify with. */
export function keysOf(privateKey: string, seen: Record<string, unknown>, mode: Mode): MerchantKeySet {
  const own = { appId: appid, merchantSerial, privateKey, apiV3Key };
  return mode === 'certificate'
    ? { ...own, platformCertificates: String(seen['certificate']) }
    : { ...own, publicKeyId: String(seen['publicKeyId']), publicKey: String(seen['publicKey']) };
}

/** The world of payments with a custodian that takes WeChat Pay; the sandbox speaks its words over the same books. */
export class WechatWorld extends World {
  readonly merchant = rsaPair();
  seen: Record<string, unknown> = {};

  async startWechat(mode: Mode): Promise<this> {
    await this.start({ settings: (origin) => ({ wechat: { origin, timeoutMs: 1_000 } }) });
    const { body, status, text } = await this.sandbox('PUT', '/wechat/merchants', [
      merchantOf(this.merchant.publicKey, mode),
    ]);
    if (status !== 200) throw new Error(text);
    this.seen = body;
    this.custodyAccountId = await this.wechatCustody(keysOf(this.merchant.privateKey, body, mode));
    return this;
  }

  override wish(pledge: PayablePledge, over: Partial<OpenChargeInput> = {}): OpenChargeInput {
    return super.wish(pledge, { gateway: 'wechat', ...over });
  }

  async paidCharge(amount = 10_000n): Promise<Charge> {
    const charge = await this.charge(await this.pledge(amount));
    await this.pay(charge);
    await this.until('it is booked', async () => (await this.view(charge)).status === 'paid');
    return charge;
  }

  view(charge: Charge) {
    return this.get(ReadCharge).execute(charge.payerId, charge.id);
  }

  askBack(charge: Charge, amount = charge.amount, fact = `pledge:${charge.pledgeId}:failed`) {
    const wish = { chargeId: charge.id, amount, fact, reason: 'campaign-failed' };
    return this.get(UnitOfWork).run((tx) => this.get(RequestRefund).execute(tx, wish));
  }

  receive(sent: Sent, merchantRef: string | null = mchid) {
    return this.get(ReceiveCallback).execute('wechat', { ...sent, merchantRef });
  }

  private async wechatCustody(keys: MerchantKeySet): Promise<Id<'cus'>> {
    const { communityId } = this;
    const [actor, approver] = [officer('community_staff', communityId), officer('fund_approver')];
    const accountId = await this.get(ProposeCustodyAccount).execute({
      ...{ actor, communityId, ownerName: '书院雅居居民委员会', ownerKind: 'residents_committee' },
      signatories: [id('per'), id('per')],
    });
    await this.get(ActivateCustodyAccount).execute({ actor: approver, accountId });
    const wish = { actor, custodyAccountId: accountId, gateway: 'wechat', merchantRef: mchid } as const;
    const channelId = await this.get(ProposeChannel).execute(wish);
    await this.get(ProposeKeys).execute({ actor, channelId, keys });
    const check = await this.get(CheckChannel).onDemand(approver, channelId);
    if (check.state !== 'works') throw new Error(`the keys do not work: ${check.detail}`);
    await this.get(ActivateChannel).execute({ actor: approver, channelId });
    return accountId;
  }
}

export interface Sent {
  readonly headers: Record<string, string | undefined>;
  readonly body: Buffer;
}

/** A platform of the test's own, to send what the simulator would not: lies under a good signature. */
export class Liar {
  readonly pair = rsaPair();
  readonly publicKeyId = 'PUB_KEY_ID_0000000000000000LIAR';
  private told = 0;

  payment(charge: Charge, over: object = {}): object {
    return {
      ...{ mchid, appid, out_trade_no: charge.number, transaction_id: '42000', trade_state: 'SUCCESS' },
      success_time: '2026-11-25T15:59:59+08:00',
      amount: { total: Number(String(charge.amount)), payer_total: 1, currency: 'CNY' },
      ...over,
    };
  }

  envelope(content: object, type = 'TRANSACTION.SUCCESS', key = apiV3Key): string {
    this.told += 1;
    const nonce = 'fdasflkja484';
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from('transaction'));
    const parts = [cipher.update(JSON.stringify(content), 'utf8'), cipher.final()];
    return JSON.stringify({
      ...{ id: `EV-liar-${this.told}`, create_time: '2026-11-25T16:00:00+08:00', event_type: type },
      ...{ resource_type: 'encrypt-resource', summary: '支付成功' },
      resource: {
        ...{ original_type: 'transaction', algorithm: 'AEAD_AES_256_GCM', associated_data: 'transaction' },
        ...{ nonce, ciphertext: Buffer.concat([...parts, cipher.getAuthTag()]).toString('base64') },
      },
    });
  }

  sign(body: string, { ageSeconds = 0, privateKey = this.pair.privateKey } = {}): Sent {
    const [seconds, nonce] = [Math.floor(nowMs() / 1000) - ageSeconds, 'C380BEC2BFD727A4B6845133519F3AD6'];
    const signature = createSign('sha256')
      .update(`${seconds}\n${nonce}\n${body}\n`)
      .sign(privateKey, 'base64');
    return {
      headers: {
        ...{ 'wechatpay-timestamp': String(seconds), 'wechatpay-nonce': nonce },
        ...{ 'wechatpay-serial': this.publicKeyId, 'wechatpay-signature': signature },
      },
      body: Buffer.from(body),
    };
  }
}
