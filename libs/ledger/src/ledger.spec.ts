import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { derivedId, newId, type Id } from '@hehuo/kernel';
import { checkInvariants, Leases, SystemClock, TypeOrmUnitOfWork } from '@hehuo/platform';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import fc from 'fast-check';
import {
  FoldLedger,
  FoldStore,
  Ledger,
  LEDGER_INVARIANTS,
  LedgerStore,
  ReadStatement,
  StatementStore,
  transferId,
  type AccountKey,
  type NewTransfer,
} from './index.js';

let world: TestDatabase;
let uow: TypeOrmUnitOfWork;
let ledger: Ledger;
let folder: FoldLedger;
let statements: ReadStatement;

beforeAll(async () => {
  world = await createTestDatabase();
  uow = new TypeOrmUnitOfWork(world.database);
  ledger = new Ledger(new LedgerStore(new SystemClock()));
  folder = new FoldLedger(uow, new Leases(world.database), new FoldStore(world.database));
  statements = new ReadStatement(new StatementStore(world.database));
});
afterAll(() => world.drop());
afterEach(async () => {
  expect(await checkInvariants(world.database, LEDGER_INVARIANTS)).toEqual([]);
  while (await folder.execute());
  expect(await checkInvariants(world.database, LEDGER_INVARIANTS)).toEqual([]);
});

const id = <P extends string>(prefix: P): Id<P> => newId(prefix, Date.UTC(2026, 0, 1));
const clearing = (owner: string): AccountKey => ({ unit: 'fen', code: 'gateway_clearing', owner });
const escrow = (owner: string): AccountKey => ({ unit: 'fen', code: 'escrow', owner });
const transfer = (over: Partial<NewTransfer> & Pick<NewTransfer, 'debit' | 'credit'>): NewTransfer => ({
  id: transferId(`test:${id('tst')}`),
  kind: 'single',
  amount: 100n,
  reason: 'test',
  ref: id('tst'),
  ...over,
});
const post = (...transfers: NewTransfer[]) => uow.run((tx) => ledger.post(tx, transfers));

describe('posting', () => {
  it('books the same fact once and refuses it with another amount', async () => {
    const campaign = id('cmp');
    const paid = transfer({ debit: clearing(id('cus')), credit: escrow(campaign) });
    await Promise.all([post(paid), post(paid).catch(() => post(paid)), post(paid).catch(() => post(paid))]);
    expect((await statements.account(escrow(campaign)))?.creditsPosted).toBe(100n);
    await expect(post({ ...paid, amount: 101n })).rejects.toMatchObject({ code: 'ledger_transfer_conflict' });
  });

  it('never lets a guarded account give more than it got, whoever asks at once', async () => {
    const campaign = id('cmp');
    await post(transfer({ debit: clearing(id('cus')), credit: escrow(campaign), amount: 1_000n }));
    const takers = Array.from({ length: 20 }, () =>
      post(
        transfer({
          debit: escrow(campaign),
          credit: { unit: 'fen', code: 'payable', owner: campaign },
          amount: 300n,
        }),
      ),
    );
    const answers = await Promise.allSettled(takers);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const view = await statements.account(escrow(campaign));
    expect((view?.creditsPosted ?? 0n) - (view?.debitsPosted ?? 0n)).toBe(100n);
  });

  it('refuses what must never be written', async () => {
    const a = clearing(id('cus'));
    const minutes: AccountKey = { unit: 'minutes', code: 'promised_to', owner: id('ask') };
    await expect(post(transfer({ debit: a, credit: minutes }))).rejects.toMatchObject({
      code: 'ledger_transfer_invalid',
    });
    await expect(post(transfer({ debit: a, credit: a }))).rejects.toMatchObject({
      code: 'ledger_transfer_invalid',
    });
    await expect(post(transfer({ debit: a, credit: escrow(id('cmp')), amount: 0n }))).rejects.toMatchObject({
      code: 'ledger_transfer_invalid',
    });
    await expect(
      post(transfer({ debit: a, credit: escrow(id('cmp')), kind: 'pending' })),
    ).rejects.toMatchObject({ code: 'ledger_transfer_invalid' });
  });
});

describe('reservations', () => {
  const promise = (pledge: Id<'plg'>, ask: string): NewTransfer =>
    transfer({
      id: derivedId('trf', pledge),
      kind: 'pending',
      ref: pledge,
      reason: 'pledge',
      amount: 30n,
      debit: { unit: 'minutes', code: 'promised_by', owner: id('com') },
      credit: { unit: 'minutes', code: 'promised_to', owner: ask },
    });

  it('end once, in one way, whoever comes second', async () => {
    const pledge = id('plg');
    const pending = derivedId('trf', pledge);
    await post(promise(pledge, id('ask')));
    const races = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) =>
        uow.run((tx) => ledger.resolve(tx, i % 2 ? 'post' : 'void', [pending])),
      ),
    );
    const rows = await world.database.rows('SELECT id FROM ledger_transfer WHERE resolves = ?', [pending]);
    expect(rows).toHaveLength(1);
    expect(races.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
    await expect(
      uow.run((tx) => ledger.resolve(tx, 'post', [derivedId('trf', id('plg'))])),
    ).rejects.toMatchObject({
      code: 'ledger_already_resolved',
    });
  });

  it('fold many promises of one transaction into one line with a running balance', async () => {
    const ask = id('ask');
    const pledges = Array.from({ length: 50 }, () => id('plg'));
    await post(...pledges.map((pledge) => promise(pledge, ask)));
    await uow.run((tx) =>
      ledger.resolve(
        tx,
        'post',
        pledges.map((pledge) => derivedId('trf', pledge)),
      ),
    );
    while (await folder.execute());
    const { lines, next } = await statements.page(
      { unit: 'minutes', code: 'promised_to', owner: ask },
      null,
      10,
    );
    expect(next).toBeNull();
    expect(
      lines.map(({ transfers, credit, pending, balanceAfter, pendingAfter }) => ({
        transfers,
        credit,
        pending,
        balanceAfter,
        pendingAfter,
      })),
    ).toEqual([
      { transfers: 50, credit: 1500n, pending: -1500n, balanceAfter: 1500n, pendingAfter: 0n },
      { transfers: 50, credit: 0n, pending: 1500n, balanceAfter: 0n, pendingAfter: 1500n },
    ]);
  });
});

type Step =
  | { kind: 'deposit'; amount: bigint }
  | { kind: 'pay'; amount: bigint }
  | { kind: 'promise'; amount: bigint }
  | { kind: 'resolve'; which: number; how: 'post' | 'void' }
  | { kind: 'replay'; which: number };

const amounts = fc.bigInt({ min: 1n, max: 500n });
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('deposit' as const), amount: amounts }),
  fc.record({ kind: fc.constant('pay' as const), amount: amounts }),
  fc.record({ kind: fc.constant('promise' as const), amount: amounts }),
  fc.record({
    kind: fc.constant('resolve' as const),
    which: fc.nat(9),
    how: fc.constantFrom('post' as const, 'void' as const),
  }),
  fc.record({ kind: fc.constant('replay' as const), which: fc.nat(9) }),
);

describe('any sequence of movements', () => {
  it('leaves the books as a model in memory has them', async () => {
    await fc.assert(fc.asyncProperty(fc.array(steps, { maxLength: 25 }), runAgainstModel), { numRuns: 40 });
  });
});

async function runAgainstModel(sequence: readonly Step[]): Promise<void> {
  const campaign = id('cmp');
  const ask: AccountKey = { unit: 'pieces', code: 'promised_to', owner: id('ask') };
  const payable: AccountKey = { unit: 'fen', code: 'payable', owner: campaign };
  const booked: NewTransfer[] = [];
  const promises: { id: Id<'trf'>; amount: bigint; ended: 'post' | 'void' | null }[] = [];
  let held = 0n;
  let paid = 0n;
  for (const step of sequence) {
    if (step.kind === 'deposit') {
      const t = transfer({ debit: clearing(campaign), credit: escrow(campaign), amount: step.amount });
      await post(t);
      booked.push(t);
      held += step.amount;
    } else if (step.kind === 'pay') {
      const answer = post(transfer({ debit: escrow(campaign), credit: payable, amount: step.amount }));
      if (step.amount <= held) {
        await answer;
        held -= step.amount;
        paid += step.amount;
      } else await expect(answer).rejects.toMatchObject({ code: 'ledger_insufficient' });
    } else if (step.kind === 'promise') {
      const t = transfer({
        kind: 'pending',
        debit: { unit: 'pieces', code: 'promised_by', owner: campaign },
        credit: ask,
        amount: step.amount,
      });
      await post(t);
      promises.push({ id: t.id, amount: step.amount, ended: null });
    } else if (step.kind === 'replay') {
      const again = booked[step.which];
      if (again) await post(again);
    } else {
      const promise = promises[step.which];
      if (!promise) continue;
      const answer = uow.run((tx) => ledger.resolve(tx, step.how, [promise.id]));
      if (promise.ended && promise.ended !== step.how)
        await expect(answer).rejects.toMatchObject({ code: 'ledger_already_resolved' });
      else expect(await answer).toBe(promise.ended ? 0 : 1);
      promise.ended ??= step.how;
    }
  }
  while (await folder.execute());
  const sum = (ended: 'post' | null): bigint =>
    promises.filter((p) => p.ended === ended).reduce((a, p) => a + p.amount, 0n);
  const balance = async (key: AccountKey): Promise<bigint> => {
    const view = await statements.account(key);
    return (view?.creditsPosted ?? 0n) - (view?.debitsPosted ?? 0n);
  };
  expect([await balance(escrow(campaign)), await balance(payable), await balance(ask)]).toEqual([
    held,
    paid,
    sum('post'),
  ]);
  expect((await statements.account(ask))?.creditsPending ?? 0n).toBe(sum(null));
}
