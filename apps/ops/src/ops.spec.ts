import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type Id } from '@hehuo/kernel';
import { FoldLedger, FoldStore, Ledger, LedgerStore, transferId, type AccountKey } from '@hehuo/ledger';
import { Leases, SystemClock, TypeOrmUnitOfWork } from '@hehuo/platform';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import { createConnection } from 'mysql2/promise';
import { ops, settingsOn } from '../test/run.js';

let world: TestDatabase;
let environment: NodeJS.ProcessEnv;

const at = Date.UTC(2026, 10, 1);
const campaign: Id<'cmp'> = newId('cmp', at);
const custody: Id<'cus'> = newId('cus', at);
const escrow: AccountKey = { unit: 'fen', code: 'escrow', owner: campaign };
const clearing: AccountKey = { unit: 'fen', code: 'gateway_clearing', owner: custody };

beforeAll(async () => {
  world = await createTestDatabase();
  environment = settingsOn(world);
  await book(360_000n, 'charge-paid');
  await book(5n, 'charge-paid');
});
afterAll(() => world.drop());

async function book(amount: bigint, reason: string): Promise<void> {
  const unitOfWork = new TypeOrmUnitOfWork(world.database);
  const ledger = new Ledger(new LedgerStore(new SystemClock()));
  const ref = newId('chg', at);
  await unitOfWork.run((tx) =>
    ledger.post(tx, [
      { id: transferId(`test:${ref}`), kind: 'single', debit: clearing, credit: escrow, amount, reason, ref },
    ]),
  );
  const folder = new FoldLedger(unitOfWork, new Leases(world.database), new FoldStore(world.database));
  // A lease of the folder before this one lasts longer than a test: take it over as an operator would not.
  await world.database.change("UPDATE lease SET until = '2000-01-01'");
  while (await folder.execute());
}

async function asOwner(sql: string): Promise<void> {
  const connection = await createConnection(world.ownerUrl);
  await connection.query(sql);
  await connection.end();
}

describe('the command line', () => {
  it('explains itself', async () => {
    const { code, out } = await ops(['--help'], {});
    expect(code).toBe(0);
    for (const command of ['migrate', 'check', 'predict', 'ledger']) expect(out).toContain(command);
    expect((await ops(['ledger', '--help'], {})).out).toContain('--campaign');
  });

  it.each([
    [['no-such-command'], 'unknown command'],
    [['ledger', '--lines', 'many'], 'whole number'],
    [['predict'], "missing required argument 'campaign'"],
    [['check', '--loud'], 'unknown option'],
  ])('refuses %j with code 2 and no stack', async (args, words) => {
    const { code, err } = await ops(args, environment);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(err).not.toMatch(/\n {4}at /);
  });

  it.each([
    [['predict', 'cmp_1'], 'is not the id of a campaign'],
    [['predict', newId('cmp', at)], 'no such campaign (campaign_not_found)'],
    [['ledger', '--account', 'fen/escrow'], 'unit/code/owner'],
    [['ledger', '--account', `yuan/escrow/${campaign}`], 'no unit "yuan"'],
    [['ledger', '--account', `fen/purse/${campaign}`], 'no account "purse"'],
    [['ledger', '--account', `fen/payable/${campaign}`], 'nothing was booked on it'],
    [['check', '--only', 'nothing'], 'No invariant'],
  ])('answers %j with code 1 and what to do', async (args, words) => {
    const { code, err } = await ops(args, environment);
    expect(err).toContain(words);
    expect(err).not.toMatch(/\n {4}at /);
    expect(code).toBe(1);
  });

  it('names a setting that is missing or wrong', async () => {
    const { code, err } = await ops(['check'], { ...environment, MYSQL_URL: '', FIELD_KEY: 'short' });
    expect(code).toBe(1);
    expect(err).toContain('MYSQL_URL is missing');
    expect(err).toContain('FIELD_KEY: must be base64 of 32 bytes');
  });

  it('says so when no database answers', async () => {
    const { code, err } = await ops(['check'], { ...environment, MYSQL_URL: 'mysql://a:b@127.0.0.1:1/none' });
    expect(code).toBe(1);
    expect(err).toContain('nothing answers at the address of MYSQL_URL');
    expect(err).not.toMatch(/\n {4}at /);
  });
});

describe('ops migrate', () => {
  it('changes nothing where all is done, and needs no key and no Redis', async () => {
    const { MYSQL_URL, MYSQL_OWNER_URL } = environment;
    const { code, out } = await ops(['migrate'], { MYSQL_URL, MYSQL_OWNER_URL });
    expect(code).toBe(0);
    expect(out).toContain('up to date');
  });

  it('warns when the platform would own its tables', async () => {
    const { code, err } = await ops(['migrate'], { MYSQL_URL: world.ownerUrl });
    expect(code).toBe(0);
    expect(err).toContain('append-only is not enforced');
  });
});

describe('ops ledger', () => {
  it('sums the books up, debits equal to credits', async () => {
    const { code, out } = await ops(['ledger'], environment);
    expect(code).toBe(0);
    expect(out).toMatch(/yuan │ escrow +│ +1 │ +0\.00 │ +3600\.05 │ +3600\.05 │/);
    expect(out).toMatch(/yuan │ gateway_clearing │ +1 │ +3600\.05 │ +0\.00 │ +-3600\.05 │/);
  });

  it('prints an account with its running balance, oldest first', async () => {
    const { code, out } = await ops(['ledger', '--account', `fen/escrow/${campaign}`], environment);
    expect(code).toBe(0);
    expect(out).toContain('escrow of');
    expect(out).toMatch(/│ 1 │ .* │ charge-paid │ +1 │ chg_\w+ │ +│ 3600\.00 │ +│ 3600\.00 │/);
    expect(out).toMatch(/│ 2 │ .* │ charge-paid │ +1 │ chg_\w+ │ +│ +0\.05 │ +│ 3600\.05 │/);
  });

  it('keeps to the lines that were asked for, the newest', async () => {
    const { out } = await ops(['ledger', '--account', `fen/escrow/${campaign}`, '--lines', '1'], environment);
    expect(out).not.toMatch(/│ 1 │/);
    expect(out).toMatch(/│ 2 │/);
  });

  it('writes CSV that a spreadsheet reads', async () => {
    const { out } = await ops(['ledger', '--account', `fen/escrow/${campaign}`, '--csv'], environment);
    const lines = out.split('\r\n');
    expect(lines[0]).toBe(
      'unit,account,owner,#,at (UTC),why,moves,of,debit,credit,pending,balance,pending after',
    );
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(
      /^fen,escrow,cmp_\w+,2,.*,charge-paid,1,chg_\w+,0\.00,0\.05,0\.00,3600\.05,0\.00$/,
    );
  });
});

describe('ops check', () => {
  it('is green on good books and names every invariant', async () => {
    const { code, out } = await ops(['check'], environment);
    expect(out).toMatch(/All \d+ invariants hold/);
    expect(out).not.toContain('BROKEN');
    expect(code).toBe(0);
  });

  it('is red with the rows when somebody with more rights falsified a balance', async () => {
    await asOwner(
      `UPDATE ledger_account SET credits_posted = credits_posted + 1 WHERE owner = '${campaign}'`,
    );
    const { code, out, err } = await ops(['check'], environment);
    await asOwner(
      `UPDATE ledger_account SET credits_posted = credits_posted - 1 WHERE owner = '${campaign}'`,
    );
    expect(code).toBe(1);
    expect(out).toMatch(/ledger\.strict-balance +│ BROKEN/);
    expect(out).toContain(campaign);
    expect(err).toMatch(/1 of \d+ invariants are broken/);
    expect((await ops(['check'], environment)).code).toBe(0);
  });
});
