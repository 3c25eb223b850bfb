import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import { createConnection } from 'mysql2/promise';
import { sqlOf } from './database.js';
import { isDuplicateKey } from './errors.js';
import { mayRewriteHistory, probeDatabase } from './probe.js';
import { TypeOrmUnitOfWork } from './unit-of-work.js';

let world: TestDatabase;
let uow: TypeOrmUnitOfWork;

beforeAll(async () => {
  world = await createTestDatabase();
  uow = new TypeOrmUnitOfWork(world.database);
});
afterAll(() => world.drop());
beforeEach(() => world.database.change('DELETE FROM lease'));

const put = (name: string) => ({
  text: "INSERT INTO lease (name, owner, until) VALUES (?, '', UTC_TIMESTAMP(3))",
  values: [name],
});
const count = async () => (await world.database.row<{ n: string }>('SELECT COUNT(*) AS n FROM lease'))?.n;

describe('unit of work', () => {
  it('sends what is asked for together in order, each with its own answer and its own moment', async () => {
    const asked = await uow.run((tx) =>
      Promise.all([
        sqlOf(tx).change(put('first').text, put('first').values),
        sqlOf(tx).rows<{ at: Date }>('SELECT UTC_TIMESTAMP(3) AS at'),
        sqlOf(tx).rows('SELECT SLEEP(0.05)'),
        sqlOf(tx).rows<{ at: Date; n: string }>('SELECT UTC_TIMESTAMP(3) AS at, COUNT(*) AS n FROM lease'),
      ]),
    );
    const [written, [before], , [after]] = asked;
    expect(written.affectedRows).toBe(1);
    expect(after?.n).toBe('1');
    expect(after!.at.getTime() - before!.at.getTime()).toBeGreaterThanOrEqual(50);
  });

  it('stops at the first failure of what was asked for together and keeps nothing', async () => {
    const together = uow.run((tx) =>
      Promise.all(['a', 'a', 'b'].map((name) => sqlOf(tx).change(put(name).text, put(name).values))),
    );
    await expect(together).rejects.toMatchObject({ errno: 1062 });
    expect(await count()).toBe('0');
  });

  it('binds the values of each statement to that statement alone', async () => {
    const together = uow.run((tx) =>
      Promise.all([
        sqlOf(tx).rows('SELECT ? AS a, ? AS b', ['one']),
        sqlOf(tx).rows('SELECT ? AS c', ["two'; DROP TABLE lease; --"]),
      ]),
    );
    await expect(together).rejects.toMatchObject({ errno: 1064 });
    const [row] = await uow.run((tx) =>
      sqlOf(tx).rows<{ c: string }>('SELECT ? AS c', ["x'; DROP TABLE lease; -- ?"]),
    );
    expect(row?.c).toBe("x'; DROP TABLE lease; -- ?");
    expect(await count()).toBe('0');
  });

  it('commits what the closure wrote', async () => {
    await uow.run((tx) => sqlOf(tx).change(put('a').text, put('a').values));
    expect(await count()).toBe('1');
  });

  it('keeps nothing of a closure that throws', async () => {
    const work = uow.run(async (tx) => {
      await sqlOf(tx).change(put('a').text, put('a').values);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await count()).toBe('0');
  });

  it('does not commit after a swallowed database error', async () => {
    const work = uow.run(async (tx) => {
      await sqlOf(tx).change(put('a').text, put('a').values);
      await sqlOf(tx)
        .change(put('a').text, put('a').values)
        .catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ errno: 1062 });
    expect(await count()).toBe('0');
  });

  it('refuses to nest', async () => {
    await expect(uow.run(() => uow.run(async () => 1))).rejects.toThrow('must not nest');
  });

  it('refuses a handle that was kept after the end', async () => {
    let kept: Parameters<Parameters<typeof uow.run>[0]>[0] | undefined;
    await uow.run(async (tx) => {
      kept = tx;
    });
    await expect(sqlOf(kept!).rows('SELECT 1')).rejects.toThrow('transaction is over');
  });

  it('runs the whole closure again after a deadlock and ends with both effects', async () => {
    for (const name of ['left', 'right']) await world.database.change(put(name).text, put(name).values);
    let attempts = 0;
    let arrived = 0;
    let openGate!: () => void;
    const gate = new Promise<void>((resolve) => (openGate = resolve));
    const cross = (first: string, second: string) =>
      uow.run(async (tx) => {
        attempts += 1;
        await sqlOf(tx).change('UPDATE lease SET owner = CONCAT(owner, ?) WHERE name = ?', ['x', first]);
        arrived += 1;
        if (arrived === 2) openGate();
        await gate;
        await sqlOf(tx).change('UPDATE lease SET owner = CONCAT(owner, ?) WHERE name = ?', ['x', second]);
      });
    await Promise.all([cross('left', 'right'), cross('right', 'left')]);
    expect(attempts).toBeGreaterThan(2);
    const rows = await world.database.rows<{ owner: string }>('SELECT owner FROM lease');
    expect(rows.map((row) => row.owner.trim())).toEqual(['xx', 'xx']);
  });

  it('tells a duplicate key by its number and index', async () => {
    await world.database.change(put('a').text, put('a').values);
    const error = await world.database.change(put('a').text, put('a').values).catch((e: unknown) => e);
    expect(isDuplicateKey(error)).toBe(true);
    expect(isDuplicateKey(error, 'some_other_key')).toBe(false);
  });
});

describe('the database as it is set up', () => {
  it('passes the boot probe', async () => {
    expect(await probeDatabase(world.database)).toEqual([]);
  });

  it('lets the application add to history but not rewrite it', async () => {
    expect(await mayRewriteHistory(world.database)).toBe(false);
    await expect(world.database.change('DELETE FROM state_log')).rejects.toMatchObject({ errno: 1142 });
    await expect(world.database.change("UPDATE state_log SET actor = 'me'")).rejects.toMatchObject({
      errno: 1142,
    });
    const owner = await createConnection(world.ownerUrl);
    await owner.query('DELETE FROM state_log');
    await owner.end();
  });
});
