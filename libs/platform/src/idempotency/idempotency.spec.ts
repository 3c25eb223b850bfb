import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import type { Tx } from '@hehuo/kernel';
import { sqlOf } from '../database/database.js';
import { TypeOrmUnitOfWork } from '../database/unit-of-work.js';
import { IdempotencyStore, type IdempotentRequest, type Once } from './idempotency.store.js';

let world: TestDatabase;
let uow: TypeOrmUnitOfWork;
let store: IdempotencyStore;

beforeAll(async () => {
  world = await createTestDatabase();
  uow = new TypeOrmUnitOfWork(world.database);
  store = new IdempotencyStore(world.database);
});
afterAll(() => world.drop());
beforeEach(async () => {
  await world.database.change('DELETE FROM idempotency');
  await world.database.change('DELETE FROM lease');
});

const request = (overrides: Partial<IdempotentRequest> = {}): IdempotentRequest => ({
  personId: 'per_00000000000000000000000001',
  route: 'POST /v1/things',
  key: 'key-00000001',
  hash: Buffer.alloc(32, 1),
  ...overrides,
});
/** An effect that shows how often it happened: a row with a name of its own each time. */
const effect = async (tx: Tx): Promise<{ made: string }> => {
  const made = randomBytes(8).toString('hex');
  const sql = "INSERT INTO lease (name, owner, until) VALUES (?, '', UTC_TIMESTAMP(3))";
  await sqlOf(tx).change(sql, [made]);
  return { made };
};
const send = (overrides: Partial<IdempotentRequest> = {}): Promise<Once<{ made: string }>> =>
  uow.run((tx) => store.once(tx, request(overrides), () => effect(tx)));
const effects = async () => (await world.database.row<{ n: string }>('SELECT COUNT(*) AS n FROM lease'))?.n;

describe('work done once', () => {
  it('hands the first answer back and does nothing the second time', async () => {
    const first = await send();
    const second = await send();
    expect(first.replayed).toBe(false);
    expect(second).toEqual({ value: first.value, replayed: true });
    expect(await effects()).toBe('1');
  });

  it('refuses the key with another body and keeps the first answer', async () => {
    const first = await send();
    await expect(send({ hash: Buffer.alloc(32, 2) })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
    expect((await send()).value).toEqual(first.value);
    expect(await effects()).toBe('1');
  });

  it('keeps keys of other people and other routes apart', async () => {
    await send();
    await send({ personId: 'per_00000000000000000000000002' });
    await send({ route: 'POST /v1/others' });
    expect(await effects()).toBe('3');
  });

  it('leaves the key free when the work throws', async () => {
    const broken = uow.run((tx) =>
      store.once(tx, request(), async () => {
        await effect(tx);
        throw new Error('not today');
      }),
    );
    await expect(broken).rejects.toThrow('not today');
    expect((await send()).replayed).toBe(false);
    expect(await effects()).toBe('1');
  });

  it('does the work once for twenty twins at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send()));
    expect(new Set(answers.map(({ value }) => value.made)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await effects()).toBe('1');
  });

  it('forgets answers of last week', async () => {
    await send();
    await send({ key: 'key-00000002' });
    await world.database.change(
      "UPDATE idempotency SET created_at = created_at - INTERVAL 8 DAY WHERE client_key = 'key-00000001'",
    );
    expect(await store.forgetOld(100)).toBe(1);
    expect(await store.forgetOld(100)).toBe(0);
  });
});
