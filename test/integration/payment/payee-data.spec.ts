import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import {
  ConfirmPayee,
  DropPayout,
  EnterPayee,
  PersonalMoney,
  ReadPayouts,
  type OpenMoney,
} from '@hehuo/payment';
import { PayoutWorld } from './payout-world.js';
import { id } from './world.js';

const NUMBER = '6217003810012345678';

const world = new PayoutWorld();
let campaignId: Id<'cmp'>;
beforeAll(async () => {
  await world.start();
  campaignId = await world.fund(10_000n);
});
afterAll(() => world.stop());
afterEach(async () => {
  expect(await world.breaches()).toEqual([]);
});

const money = () => world.get(PersonalMoney);
const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => world.get(UnitOfWork).run(work);
const open = (personId: Id<'per'>): Promise<OpenMoney[]> => inTx((tx) => money().open(tx, personId));
const forget = (personId: Id<'per'>): Promise<void> => inTx((tx) => money().forget(tx, personId));

/** A neighbour who paid first and is to be paid back. */
const neighbour = (personId: Id<'per'>, name: string) =>
  ({ kind: 'organiser', personId, name, bankName: '建设银行玉林支行', account: NUMBER }) as const;
const payeeOf = (personId: Id<'per'>, name = '王小明'): Promise<Id<'pye'>> => {
  world.belongsTo(personId);
  return world.payee(campaignId, neighbour(personId, name));
};
const payee = async (payeeId: Id<'pye'>) => {
  const all = await world.get(ReadPayouts).payeesOf(world.staff, campaignId, null, 100);
  return all.find((one) => one.id === payeeId)!;
};

describe('the bank account of a person who is paid', () => {
  it('is in the data of that person with the whole number, and nothing of others', async () => {
    const [mine, other] = [id('per'), id('per')];
    const payeeId = await payeeOf(mine);
    await payeeOf(other, '李大力');
    const payoutId = await world.payOut(campaignId, payeeId, 300n);
    const held = await money().export(mine);
    expect(held).toMatchObject({
      payees: [{ id: payeeId, campaignId, name: '王小明', bankName: '建设银行玉林支行', account: NUMBER }],
      payouts: [{ id: payoutId, payeeId, amount: '300', state: 'done' }],
    });
    expect(JSON.stringify(held)).not.toContain('李大力');
  });

  it('keeps its owner until what is on its way has come to an end', async () => {
    const person = id('per');
    const payoutId = await world.propose(campaignId, await payeeOf(person), 300n);
    expect(await open(person)).toEqual([{ kind: 'payout_open', ref: payoutId }]);
    await world.get(DropPayout).withdraw({ ...world.act(world.staff), payoutId, reason: '算错了' });
    expect(await open(person)).toEqual([]);
  });

  it('goes with the person; of one that was paid the books keep the masked form', async () => {
    const person = id('per');
    const [paid, unpaid] = [await payeeOf(person), await payeeOf(person)];
    await world.payOut(campaignId, paid, 300n);
    const foreign = await payeeOf(id('per'), '李大力');
    await forget(person);
    expect(await payee(paid)).toMatchObject({
      ...{ state: 'forgotten', name: '王**', bankName: '建设银行玉林支行', accountMask: '**** 5678' },
    });
    expect(await payee(unpaid)).toMatchObject({ state: 'forgotten', name: '', bankName: '' });
    expect(await payee(foreign)).toMatchObject({ state: 'confirmed', name: '李大力' });
    const kept = await money().export(person);
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(`王小明|${NUMBER}`));
    expect(kept['payees']).toEqual([
      expect.objectContaining({ id: paid, account: '5678' }),
      expect.objectContaining({ id: unpaid, account: '' }),
    ]);
    // Whoever closes the account twice changes nothing the second time.
    await forget(person);
    expect(await money().export(person)).toEqual(kept);
  });

  it('takes no account and no payout any more', async () => {
    const person = id('per');
    const payeeId = await payeeOf(person);
    await forget(person);
    const conflict = { code: 'state_conflict' };
    const data = { name: '王小明', bankName: '建设银行', account: NUMBER };
    await expect(
      world.get(EnterPayee).change({ ...world.act(world.clerk), payeeId, ...data }),
    ).rejects.toMatchObject(conflict);
    await expect(
      world.get(ConfirmPayee).execute({ ...world.act(world.staff), payeeId, account: NUMBER }),
    ).rejects.toMatchObject(conflict);
    await expect(world.propose(campaignId, payeeId, 300n)).rejects.toMatchObject({
      code: 'payee_not_confirmed',
    });
  });

  it('is either still owed or forgotten when a payout is proposed at the same moment', async () => {
    const person = id('per');
    const payeeId = await payeeOf(person);
    const leave = inTx(async (tx) => {
      const obligations = await money().open(tx, person);
      if (obligations.length === 0) await money().forget(tx, person);
      return obligations.length;
    });
    const [left, proposed] = await Promise.allSettled([leave, world.propose(campaignId, payeeId, 300n)]);
    const isOwed = proposed.status === 'fulfilled';
    expect(left).toEqual({ status: 'fulfilled', value: isOwed ? 1 : 0 });
    expect((await payee(payeeId)).state).toBe(isOwed ? 'confirmed' : 'forgotten');
  });
});
