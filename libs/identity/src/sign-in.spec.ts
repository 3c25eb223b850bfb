import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { checkInvariants } from '@hehuo/platform';
import { codeFor, enterCode, newAddress, newPhone, startTestModule, type TestModule } from '@hehuo/testing';
import {
  IDENTITY_INVARIANTS,
  IdentityModule,
  ListSessions,
  ProveSecondFactor,
  RequestCode,
  ResolveSession,
  RevokeSessions,
  SendSms,
  SmsModule,
  SmsSender,
  type SmsMessage,
} from './index.js';
import { codeTriesMax, LIMITS } from './domain/limits.js';
import { AttemptStore } from './store/attempt.store.js';

class PaperSender extends SmsSender {
  readonly sent: SmsMessage[] = [];
  failing = false;

  async send(message: SmsMessage): Promise<void> {
    if (this.failing) throw new Error('provider away');
    this.sent.push(message);
  }
}

const sender = new PaperSender();
let world: TestModule;
const of = <T>(type: new (...all: never[]) => T): T => world.app.get(type, { strict: false });
const rows = <T>(sql: string, values: string[] = []) => world.testDatabase.database.rows<T>(sql, values);

beforeAll(async () => {
  world = await startTestModule({ imports: [IdentityModule, SmsModule.with(sender)] });
});
afterAll(() => world.stop());
afterEach(async () => {
  expect(await checkInvariants(world.testDatabase.database, IDENTITY_INVARIANTS)).toEqual([]);
});

const ask = (phone: string, address = newAddress()) => of(RequestCode).execute({ phone, address });
const tellTime = async (minutes: number): Promise<void> => {
  // The database's clock cannot be moved, so everything it wrote is moved back instead.
  for (const sql of [
    `UPDATE sign_in_code SET sent_at = sent_at - INTERVAL ${minutes} MINUTE, expires_at = expires_at - INTERVAL ${minutes} MINUTE`,
    `UPDATE attempt_count SET window_ends = window_ends - INTERVAL ${minutes} MINUTE`,
    `UPDATE sms_outbox SET expires_at = expires_at - INTERVAL ${minutes} MINUTE`,
  ]) {
    await world.testDatabase.database.change(sql);
  }
};
const codeOf = (phone: string) => codeFor(world.app, phone);
const enter = (phone: string, code: string) => enterCode(world.app, phone, code);
const signIn = async (phone = newPhone()) => {
  await ask(phone);
  return { phone, ...(await enter(phone, await codeOf(phone))) };
};
const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('one-time codes', () => {
  it('make a person the first time and find the same one the next time', async () => {
    const first = await signIn();
    await tellTime(2);
    await ask(first.phone);
    const second = await enter(first.phone, await codeOf(first.phone));
    expect([first.isNew, second.isNew]).toEqual([true, false]);
    expect(second.personId).toBe(first.personId);
    expect((await of(ResolveSession).execute(second.token))?.personId).toBe(first.personId);
  });

  it('answer alike for a number that is known and one that is not', async () => {
    const known = await signIn();
    await tellTime(2);
    expect(await ask(known.phone)).toEqual(await ask(newPhone()));
  });

  it('are stored as a keyed hash, sealed for sending, and leave no number in clear', async () => {
    const phone = newPhone();
    await ask(phone);
    const code = await codeOf(phone);
    const dump = JSON.stringify([
      await rows('SELECT * FROM sign_in_code'),
      await rows('SELECT * FROM sms_outbox'),
      await rows('SELECT * FROM outbox'),
      await rows('SELECT * FROM attempt_count'),
      await rows('SELECT * FROM person'),
    ]);
    expect(dump).not.toContain(phone);
    expect(dump).not.toContain(`"${code}"`);
  });

  it('work once, and not for another number', async () => {
    const [mine, other] = [newPhone(), newPhone()];
    await ask(mine);
    await ask(other);
    const code = await codeOf(mine);
    if ((await codeOf(other)) !== code)
      await expect(enter(other, code)).rejects.toMatchObject({ code: 'sign_in_refused' });
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => enter(mine, code)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(enter(mine, code)).rejects.toMatchObject({ code: 'sign_in_refused' });
  });

  it('are over after five minutes', async () => {
    const phone = newPhone();
    await ask(phone);
    const code = await codeOf(phone);
    await tellTime(5);
    await expect(enter(phone, code)).rejects.toMatchObject({ code: 'sign_in_refused' });
  });

  it('count fifty wrong tries at once exactly, and die after five', async () => {
    const phone = newPhone();
    await ask(phone);
    const code = await codeOf(phone);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => enter(phone, wrongOf(code))));
    const codes = results.map((one) =>
      one.status === 'rejected' ? (one.reason as { code: string }).code : 'in',
    );
    expect(codes.filter((one) => one === 'sign_in_refused')).toHaveLength(LIMITS.triesOfPhone.max);
    expect(codes.filter((one) => one === 'sign_in_locked')).toHaveLength(50 - LIMITS.triesOfPhone.max);
    expect(await of(AttemptStore).used(LIMITS.triesOfPhone, phone)).toBe(50);
    expect(await rows('SELECT tries FROM sign_in_code ORDER BY tries DESC LIMIT 1')).toEqual([
      { tries: codeTriesMax },
    ]);
    await expect(enter(phone, code)).rejects.toMatchObject({ code: 'sign_in_locked' });
    await tellTime(60);
    await ask(phone);
    expect((await enter(phone, await codeOf(phone))).personId).toMatch(/^per_/);
  });

  it('are sent once by fifty taps, and not more than the limits allow', async () => {
    const phone = newPhone();
    const taps = await Promise.allSettled(Array.from({ length: 50 }, () => ask(phone)));
    expect(taps.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const address = newAddress();
    await expect(ask(phone, address)).rejects.toMatchObject({
      code: 'code_too_soon',
      details: { retryAfterSeconds: expect.any(Number) },
    });
    const sent = newPhone();
    let count = 0;
    for (let i = 0; i < 12; i += 1) {
      await ask(sent).then(
        () => (count += 1),
        () => undefined,
      );
      await tellTime(2);
    }
    expect(count).toBe(LIMITS.codesOfPhoneAnHour.max);
  });

  it('refuse numbers that are none', async () => {
    await expect(ask('110')).rejects.toMatchObject({ code: 'phone_invalid' });
  });
});

describe('texts', () => {
  it('are sent once by ten workers and again after the provider failed', async () => {
    const phone = newPhone();
    await ask(phone);
    const ref = (
      await rows<{ ref: string }>(
        `SELECT ref FROM outbox WHERE topic = 'code.requested' ORDER BY id DESC LIMIT 1`,
      )
    )[0]!.ref;
    sender.failing = true;
    await expect(of(SendSms).execute(ref)).rejects.toThrow('provider away');
    sender.failing = false;
    expect(await of(SendSms).due(1000)).toContain(ref);
    const results = await Promise.all(Array.from({ length: 10 }, () => of(SendSms).execute(ref)));
    expect(results.filter((one) => one === 'sent')).toHaveLength(1);
    expect(sender.sent.filter((one) => one.phone === phone)).toHaveLength(1);
    expect(await of(SendSms).execute('sms_nonsense')).toBe('not_due');
  });
});

describe('sessions', () => {
  it('are listed and revoked by their owner only', async () => {
    const [mine, other] = [await signIn(), await signIn()];
    await tellTime(2);
    await ask(mine.phone);
    const second = await enter(mine.phone, await codeOf(mine.phone));
    const actor = (await of(ResolveSession).execute(mine.token))!;
    const stranger = (await of(ResolveSession).execute(other.token))!;
    const list = await of(ListSessions).execute({ actor });
    expect(list.map(({ id, current }) => [id, current])).toEqual([
      [second.sessionId, false],
      [mine.sessionId, true],
    ]);
    expect(list[0]?.device).toBe('iPhone · Safari');
    await expect(
      of(RevokeSessions).execute({ actor: stranger, which: second.sessionId }),
    ).rejects.toMatchObject({ code: 'session_not_found' });
    expect(await of(RevokeSessions).execute({ actor, which: 'others' })).toBe(1);
    expect(await of(ResolveSession).execute(second.token)).toBeNull();
    expect(await of(ResolveSession).execute(mine.token)).not.toBeNull();
    await of(RevokeSessions).execute({ actor, which: 'all' });
    expect(await of(ResolveSession).execute(mine.token)).toBeNull();
  });

  it('refuse what was never a token without asking the database', async () => {
    for (const bad of ['', 'x', "' OR 1=1 --", 'a'.repeat(44)])
      expect(await of(ResolveSession).execute(bad)).toBeNull();
  });

  it('slide while they are used, and end at their end', async () => {
    const { token, sessionId } = await signIn();
    const { database } = world.testDatabase;
    await database.change(
      'UPDATE session SET seen_at = seen_at - INTERVAL 1 DAY, expires_at = UTC_TIMESTAMP(3) + INTERVAL 1 DAY WHERE id = ?',
      [sessionId],
    );
    await of(ResolveSession).execute(token);
    expect(
      await rows('SELECT id FROM session WHERE id = ? AND expires_at > UTC_TIMESTAMP(3) + INTERVAL 29 DAY', [
        sessionId,
      ]),
    ).toHaveLength(1);
    const old = await signIn();
    await database.change('UPDATE session SET expires_at = UTC_TIMESTAMP(3) WHERE id = ?', [old.sessionId]);
    expect(await of(ResolveSession).execute(old.token)).toBeNull();
  });

  it('are proven once more with a new code to the own phone', async () => {
    const { phone, token } = await signIn();
    const actor = (await of(ResolveSession).execute(token))!;
    await tellTime(2);
    await ask(phone);
    const code = await codeOf(phone);
    await expect(of(ProveSecondFactor).execute({ actor, code: wrongOf(code) })).rejects.toMatchObject({
      code: 'second_factor_refused',
    });
    await of(ProveSecondFactor).execute({ actor, code });
    const later = (await of(ResolveSession).execute(token))!;
    expect(later.secondFactorAt!.getTime()).toBeGreaterThanOrEqual(actor.secondFactorAt!.getTime());
  });
});
