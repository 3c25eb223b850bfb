import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Gateways } from '@hehuo/payment';
import {
  ActivateChannel,
  ActivateCustodyAccount,
  CheckChannel,
  CloseChannel,
  DueChannels,
  ForgetSecrets,
  MerchantKeys,
  OpenCharge,
  ProposeChannel,
  ProposeCustodyAccount,
  ProposeKeys,
  ReadChannels,
  ReadCustody,
  type MerchantKeySet,
  type ProbeFinding,
} from '@hehuo/payment';
import type { Id } from '@hehuo/kernel';
import { ModelGateway } from './model-gateway.js';
import { id, nowMs, officer, World } from './world.js';

/** A gateway whose merchants have keys, and whose answer to a question depends on them. */
class KeyedGateway extends ModelGateway {
  override readonly name = 'wechat' as never;
  override readonly capabilities = {
    ...new ModelGateway().capabilities,
    needsKeys: true,
    scenes: ['code', 'wechat'] as const,
  } as never;
  override readonly keyFields = [
    { name: 'appId', secret: false, required: true, text: 'the app' },
    { name: 'apiKey', secret: true, required: true, text: 'the key' },
  ] as never;
  isAway = false;

  override complaints(keys?: MerchantKeySet): readonly string[] {
    return keys?.['apiKey']?.startsWith('key-') ? [] : ['apiKey does not look like a key'];
  }

  override async probe(_merchant?: string, keys?: MerchantKeySet): Promise<ProbeFinding> {
    if (this.isAway) return Promise.resolve({ kind: 'unknown', why: 'lost_timeout' });
    const isGood = keys?.['apiKey'] !== 'key-wrong';
    return Promise.resolve(isGood ? { kind: 'works' } : { kind: 'refused', code: 'SIGN_ERROR' });
  }
}

const gateway = new KeyedGateway();
const world = new World();
let accountId: Id<'cus'>;
let channelId: Id<'chn'>;
const staff = () => officer('community_staff', world.communityId);
const approver = officer('fund_approver');
const good = { appId: 'wx1', apiKey: 'key-1' };
let merchants = 0;

beforeAll(async () => {
  const gateways = new Gateways(
    [gateway as never, new ModelGateway()],
    (name, ref) => `http://us/${name}/${ref}`,
    null,
  );
  await world.start({ gateways });
});
afterAll(() => world.stop());
beforeEach(async () => {
  gateway.isAway = false;
  accountId = await world.get(ProposeCustodyAccount).execute({
    ...{ actor: staff(), communityId: world.communityId, ownerName: '社区基金会', ownerKind: 'foundation' },
    signatories: [id('per'), id('per')],
  });
  await world.get(ActivateCustodyAccount).execute({ actor: approver, accountId });
  channelId = await propose(`1900${(merchants += 1)}`);
});

const propose = (
  merchantRef: string,
  gatewayName: 'wechat' | 'offline' | 'alipay' = 'wechat',
  actor = staff(),
) =>
  world
    .get(ProposeChannel)
    .execute({ actor, custodyAccountId: accountId, gateway: gatewayName, merchantRef });
const enter = (keys: MerchantKeySet, actor = staff()) =>
  world.get(ProposeKeys).execute({ actor, channelId, keys });
const check = () => world.get(CheckChannel).onDemand(approver, channelId);
const activate = (actor = approver) => world.get(ActivateChannel).execute({ actor, channelId });
const sealed = async () => {
  const row = await world.database.row<{ text: string }>(
    "SELECT GROUP_CONCAT(sealed SEPARATOR ' ') AS text FROM merchant_key_set WHERE channel_id = ?",
    [channelId],
  );
  return row?.text ?? '';
};
const merchantOf = async () =>
  (await world.get(ReadChannels).execute(staff(), accountId))[0]!.channel.merchantRef;

describe('a merchant channel', () => {
  it('opens when its keys were seen to work and another person says so', async () => {
    await expect(activate()).rejects.toMatchObject({ code: 'channel_not_checked' });
    await enter(good);
    await expect(activate()).rejects.toMatchObject({ code: 'channel_not_checked' });
    expect(await check()).toMatchObject({ state: 'works' });
    await activate();
    await activate();
    expect((await world.get(ReadCustody).byId(accountId))?.ways).toMatchObject([
      { channel: { gateway: 'wechat', state: 'active' }, capabilities: { needsKeys: true } },
    ]);
    expect(await sealed()).not.toContain('key-1');
    expect(await world.get(MerchantKeys).find('wechat', await merchantOf())).toEqual([good]);
    expect(await world.breaches()).toEqual([]);
  });

  it('shows no secret to anybody', async () => {
    await enter(good);
    const shown = JSON.stringify(await world.get(ReadChannels).execute(staff(), accountId));
    expect([shown.includes('key-1'), shown.includes('apiKey')]).toEqual([false, true]);
    const elsewhere = officer('community_staff', id('com'));
    await expect(world.get(ReadChannels).execute(elsewhere, accountId)).rejects.toMatchObject({
      code: 'payment_forbidden',
    });
  });

  it.each<[string, ProbeFinding['kind'], string]>([
    ['keys that the gateway refuses', 'refused', 'fails'],
    ['a gateway that does not answer', 'unknown', 'no_answer'],
  ])('stays shut with %s', async (_what, kind, state) => {
    gateway.isAway = kind === 'unknown';
    await enter({ ...good, apiKey: 'key-wrong' });
    expect(await check()).toMatchObject({ state });
    await expect(activate()).rejects.toMatchObject({ code: 'channel_not_checked' });
  });

  it('goes on under its keys until new ones are seen to work, and keeps the former for late callbacks', async () => {
    await enter(good);
    await check();
    await activate();
    await enter({ ...good, apiKey: 'key-wrong' });
    expect(await check()).toMatchObject({ state: 'fails', detail: 'SIGN_ERROR' });
    await expect(activate()).rejects.toMatchObject({ code: 'channel_not_checked' });
    expect(await world.get(MerchantKeys).find('wechat', await merchantOf())).toEqual([good]);
    const next = { ...good, apiKey: 'key-2' };
    await enter(next);
    await check();
    await activate();
    const fresh = await propose('fresh-merchant');
    expect(fresh).toMatch(/^chn_/);
    const stored = await world.database.rows<{ state: string; revision: number }>(
      'SELECT revision, state FROM merchant_key_set WHERE channel_id = ? ORDER BY revision',
      [channelId],
    );
    expect(stored.map((row) => [Number(row.revision), row.state])).toEqual([
      [1, 'previous'],
      [2, 'dropped'],
      [3, 'current'],
    ]);
    await world.database.change(
      "UPDATE merchant_key_set SET retired_at = UTC_TIMESTAMP(3) - INTERVAL 49 HOUR WHERE channel_id = ? AND state = 'previous'",
      [channelId],
    );
    expect(await world.get(ForgetSecrets).execute()).toBeGreaterThan(0);
    const gone = await world.database.row<{ sealed: string }>(
      'SELECT sealed FROM merchant_key_set WHERE channel_id = ? AND revision = 1',
      [channelId],
    );
    expect(gone?.sealed).toBe('');
  });

  it('is never activated by who proposed it or entered its keys, in the database neither', async () => {
    const both = { ...staff(), roles: [{ role: 'fund_approver', communityId: null }, ...staff().roles] };
    await enter(good, both);
    await check();
    await expect(activate(both)).rejects.toMatchObject({ code: 'same_person' });
    await expect(
      world.database.change('UPDATE merchant_key_set SET approved_by = entered_by WHERE channel_id = ?', [
        channelId,
      ]),
    ).rejects.toThrow();
    await expect(activate(officer('platform_admin'))).rejects.toMatchObject({ code: 'payment_forbidden' });
  });

  it('is refused where it cannot be', async () => {
    await expect(propose('a b')).rejects.toMatchObject({ code: 'channel_invalid' });
    await expect(propose(await merchantOf())).rejects.toMatchObject({ code: 'channel_invalid' });
    await expect(propose('x', 'offline')).rejects.toMatchObject({ code: 'channel_invalid' });
    await expect(propose('x', 'alipay')).rejects.toMatchObject({ code: 'payment_gateway_unknown' });
    await expect(propose('x', 'wechat', approver)).rejects.toMatchObject({ code: 'payment_forbidden' });
    for (const keys of [{}, { appId: 'wx1' }, { ...good, more: 'x' }, { ...good, apiKey: 'nonsense' }]) {
      await expect(enter(keys)).rejects.toMatchObject({ code: 'channel_keys_invalid' });
    }
  });

  it('is asked again and again while it is open, and counted when it fails', async () => {
    await enter(good);
    await check();
    await activate();
    expect(await world.get(DueChannels).execute(100)).toContain(channelId);
    gateway.isAway = true;
    const before = await world.get(DueChannels).failing();
    await world.get(CheckChannel).execute(channelId);
    expect(await world.get(DueChannels).execute(100)).not.toContain(channelId);
    expect(await world.get(DueChannels).failing()).toBe(before + 1);
  });
});

describe('a payment', () => {
  const wish = async (over: object = {}) => ({
    ...(await world.pledge()),
    ...{ custodyAccountId: accountId, description: '修长椅', payBy: new Date(nowMs() + 3_600_000) },
    ...{ operationId: id('opr'), ...over },
  });
  const open = async (over?: object) => (await world.get(OpenCharge).execute(await wish(over))).charge;

  it('takes the way that the payer chooses among those offered', async () => {
    await expect(open()).rejects.toMatchObject({ code: 'custody_account_not_active' });
    await enter(good);
    await check();
    await activate();
    expect(await open()).toMatchObject({ gateway: 'wechat', scene: 'code' });
    await expect(open({ scene: 'wechat' })).rejects.toMatchObject({ code: 'charge_invalid' });
    const inside = await open({ scene: 'wechat', payerHint: { openId: 'o-1', ip: '10.0.0.1' } });
    const hint = await world.database.row<{ sealed: string }>(
      'SELECT sealed FROM charge_payer_hint WHERE charge_id = ?',
      [inside.id],
    );
    expect([inside.scene, hint?.sealed.includes('o-1')]).toEqual(['wechat', false]);
    expect(inside.notifyUrl).toBe(`http://us/wechat/${await merchantOf()}`);
    await expect(open({ scene: 'page' })).rejects.toMatchObject({ code: 'charge_invalid' });
    await expect(open({ gateway: 'sandbox' })).rejects.toMatchObject({ code: 'charge_invalid' });
    await world.get(CloseChannel).execute({ actor: approver, channelId });
    await world.get(CloseChannel).execute({ actor: approver, channelId });
    await expect(open()).rejects.toMatchObject({ code: 'custody_account_not_active' });
    expect(await world.breaches()).toEqual([]);
  });
});
