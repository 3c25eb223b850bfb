import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestCode, SignIn } from '@hehuo/identity';
import { newId, type Id } from '@hehuo/kernel';
import { FoldLedger, FoldStore, Ledger, LedgerStore, transferId, type AccountKey } from '@hehuo/ledger';
import { Leases, SystemClock, TypeOrmUnitOfWork } from '@hehuo/platform';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import { createConnection } from 'mysql2/promise';
import { withPlatform } from './platform.js';
import { Findings } from './story/findings.js';
import { ops, settingsOn } from '../test/run.js';

let world: TestDatabase;
let environment: NodeJS.ProcessEnv;

const at = Date.UTC(2026, 10, 1);
const ask: Id<'ask'> = newId('ask', at);
const promisedTo: AccountKey = { unit: 'fen_promised', code: 'promised_to', owner: ask };
const promisedBy: AccountKey = { unit: 'fen_promised', code: 'promised_by', owner: newId('com', at) };

beforeAll(async () => {
  world = await createTestDatabase();
  environment = settingsOn(world);
  await book(360_000n, 'pledge');
  await book(5n, 'pledge');
});
afterAll(() => world.drop());

async function book(amount: bigint, reason: string): Promise<void> {
  const unitOfWork = new TypeOrmUnitOfWork(world.database);
  const ledger = new Ledger(new LedgerStore(new SystemClock()));
  const ref = newId('plg', at);
  await unitOfWork.run((tx) =>
    ledger.post(tx, [
      {
        id: transferId(`test:${ref}`),
        kind: 'single',
        debit: promisedBy,
        credit: promisedTo,
        amount,
        reason,
        ref,
      },
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
    for (const command of [
      'migrate',
      'admin',
      'seed',
      'check',
      'predict',
      'ledger',
      'reconcile',
      'redrive',
      'codes',
      'story',
      'budgets',
    ])
      expect(out).toContain(command);
    expect((await ops(['ledger', '--help'], {})).out).toContain('--campaign');
  });

  it.each([
    [['no-such-command'], 'unknown command'],
    [['ledger', '--lines', 'many'], 'whole number'],
    [['predict'], "missing required argument 'campaign'"],
    [['check', '--loud'], 'unknown option'],
    [['redrive', newId('rfd', at)], "required option '--reason <text>' not specified"],
  ])('refuses %j with code 2 and no stack', async (args, words) => {
    const { code, err } = await ops(args, environment);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(err).not.toMatch(/\n {4}at /);
  });

  it.each([
    [['predict', 'cmp_1'], 'is not the id of a campaign'],
    [['predict', newId('cmp', at)], 'no such campaign that neighbours can see'],
    [['ledger', '--account', 'fen/escrow'], 'unit/code/owner'],
    [['ledger', '--account', `yuan/escrow/${ask}`], 'no unit "yuan"'],
    [['ledger', '--account', `fen/purse/${ask}`], 'no account "purse"'],
    [['ledger', '--account', `fen/payable/${ask}`], 'nothing was booked on it'],
    [['check', '--only', 'no-such-rule'], 'No invariant'],
    [['redrive', 'cmp_1', '--reason', 'repaired'], 'is none of plg_'],
    [['redrive', newId('rfd', at), '--reason', 'x'], 'Say in 3 to 300 characters'],
    [['redrive', newId('rfd', at), '--reason', 'repaired'], 'no such refund (refund_not_found)'],
    [['redrive', newId('plg', at), '--reason', 'repaired'], 'There is no pledge'],
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

  it('refuses the short deadlines of a demonstration in production', async () => {
    const production = { ...environment, NODE_ENV: 'production', DEMO_SHORT_DEADLINES: 'yes' };
    const { code, err } = await ops(['check'], production);
    expect(code).toBe(1);
    expect(err).toContain('DEMO_SHORT_DEADLINES: must not be `yes` when NODE_ENV is production');
  });

  it('says so when no database answers', async () => {
    const { code, err } = await ops(['check'], { ...environment, MYSQL_URL: 'mysql://a:b@127.0.0.1:1/none' });
    expect(code).toBe(1);
    expect(err).toContain('MYSQL_URL: the database cannot be used');
    expect(err).not.toMatch(/\n {4}at /);
    const migrated = await ops(['migrate'], { MYSQL_URL: 'mysql://a:b@127.0.0.1:1/none' });
    expect(migrated.code).toBe(1);
    expect(migrated.err).toContain('nothing answers at the address of MYSQL_URL');
    expect(migrated.err).not.toMatch(/\n {4}at /);
  });

  it('names the command that makes a database which is not there', async () => {
    const none = new URL(world.ownerUrl);
    none.pathname = '/hehuo_none_of_these';
    const { code, err } = await ops(['check'], { ...environment, MYSQL_URL: none.href });
    expect(code).toBe(1);
    expect(err).toContain('ops migrate');
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
    expect(out).toMatch(/yuan promised │ promised_to +│ +1 │ +0\.00 │ +3600\.05 │ +3600\.05 │/);
    expect(out).toMatch(/yuan promised │ promised_by +│ +1 │ +3600\.05 │ +0\.00 │ +-3600\.05 │/);
  });

  it('prints an account with its running balance, oldest first', async () => {
    const { code, out } = await ops(['ledger', '--account', `fen_promised/promised_to/${ask}`], environment);
    expect(code).toBe(0);
    expect(out).toContain('promised_to of');
    expect(out).toMatch(/│ 1 │ .* │ pledge │ +1 │ plg_\w+ │ +│ 3600\.00 │ +│ 3600\.00 │/);
    expect(out).toMatch(/│ 2 │ .* │ pledge │ +1 │ plg_\w+ │ +│ +0\.05 │ +│ 3600\.05 │/);
  });

  it('keeps to the lines that were asked for, the newest', async () => {
    const { out } = await ops(
      ['ledger', '--account', `fen_promised/promised_to/${ask}`, '--lines', '1'],
      environment,
    );
    expect(out).not.toMatch(/│ 1 │/);
    expect(out).toMatch(/│ 2 │/);
  });

  it('writes CSV that a spreadsheet reads', async () => {
    const { out } = await ops(
      ['ledger', '--account', `fen_promised/promised_to/${ask}`, '--csv'],
      environment,
    );
    const lines = out.split('\r\n');
    expect(lines[0]).toBe(
      'unit,account,owner,#,at (UTC),why,moves,of,debit,credit,pending,balance,pending after',
    );
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(
      /^fen_promised,promised_to,ask_\w+,2,.*,pledge,1,plg_\w+,0\.00,0\.05,0\.00,3600\.05,0\.00$/,
    );
  });
});

describe('ops codes', () => {
  it('shows the code that was asked for, and none in production', async () => {
    expect((await ops(['codes'], environment)).err).toContain('No code works right now');
    await withPlatform('test', environment, (platform) =>
      platform.get(RequestCode).execute({ phone: '19900000001', address: '127.0.0.1' }),
    );
    const { code, out } = await ops(['codes'], environment);
    expect(code).toBe(0);
    expect(out).toMatch(/19900000001 │ [0-9]{6} │/);
    expect((await ops(['codes', '--phone', '19900000001'], environment)).out).toMatch(/^[0-9]{6}$/);
    const oneTimeCode = (await ops(['codes', '--phone', '19900000001'], environment)).out;
    await withPlatform('test', environment, (platform) =>
      platform.get(SignIn).execute({
        ...{ phone: '19900000001', code: oneTimeCode, address: '127.0.0.1', acceptsPrivacyNotice: true },
      }),
    );
    expect((await ops(['codes'], environment)).err).toContain('No code works right now');
    const refused = await ops(['codes'], { ...environment, NODE_ENV: 'production' });
    expect(refused.code).toBe(1);
    expect(refused.out).toBe('');
  });
});

describe('ops story', () => {
  it('says so when the platform does not run', async () => {
    const { code, err } = await ops(['story'], { ...environment, API_URL: 'http://127.0.0.1:1' });
    expect(code).toBe(1);
    expect(err).toContain('Start the platform first');
    expect(err).not.toMatch(/\n {4}at /);
  });

  it('is not for production', async () => {
    const { code, err } = await ops(['story'], { ...environment, NODE_ENV: 'production' });
    expect(code).toBe(1);
    expect(err).toContain('not for production');
  });

  it('finds a single fen that is off', () => {
    const findings = new Findings();
    findings.expect('escrow', 360_000n, '360000');
    expect(findings.wrong).toEqual([]);
    findings.expect('payable', 360_000n, '359999');
    expect(findings.wrong.map(({ what }) => what)).toEqual(['payable']);
    expect(findings.shown()).toMatch(/payable │ +360000 │ +359999 │ WRONG/);
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
    await asOwner(`UPDATE ledger_account SET credits_posted = credits_posted + 1 WHERE owner = '${ask}'`);
    const { code, out, err } = await ops(['check'], environment);
    await asOwner(`UPDATE ledger_account SET credits_posted = credits_posted - 1 WHERE owner = '${ask}'`);
    expect(code).toBe(1);
    expect(out).toMatch(/ledger\.folded-balance +│ BROKEN/);
    expect(out).toContain(ask);
    expect(err).toMatch(/1 of \d+ invariants are broken/);
    expect((await ops(['check'], environment)).code).toBe(0);
  });
});
