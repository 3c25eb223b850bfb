import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ChallengeLine, EndChallenge, HideMessage, RaiseOverdue, ReadChallenges, Speak } from '@hehuo/book';
import { CommunityTasks } from '@hehuo/campaign';
import type { Actor, Role } from '@hehuo/identity';
import { DeleteMyAccount, ExportMyData } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import type { OpenCampaign } from '../../support/open-campaign.js';
import { actorOf } from '../../support/world.js';
import { BookWorld, id } from './world.js';

let world: BookWorld;
let open: OpenCampaign;
let lineId: Id<'bln'>;
beforeAll(async () => {
  world = await BookWorld.start();
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

async function newLine(): Promise<void> {
  open = await world.campaign({ people: 8 });
  const clearing = { code: 'gateway_clearing', owner: open.custodyAccountId } as const;
  await world.move('charge-paid', 100n, clearing, { code: 'escrow', owner: open.campaignId });
  await world.write();
  lineId = (await world.linesOf({ campaignId: open.campaignId }))[0]!.line.id;
}

const neighbour = (which: number): Actor => actorOf(open.people[which]!);
const officer = (role: Role, communityId = open.communityId): Actor =>
  actorOf(id('per'), { roles: [{ role, communityId }] });
const ask = (actor: Actor, text = '这笔钱用到哪里了？') =>
  world.get(ChallengeLine).execute({ actor, lineId, text });
const answer = (actor: Actor, challengeId: Id<'chl'>) =>
  world.get(Speak).answer({ actor, challengeId, text: '材料发票在社区公告栏。' });
const reply = (actor: Actor, challengeId: Id<'chl'>) =>
  world.get(Speak).reply({ actor, challengeId, text: '发票看不清。' });
const settle = (actor: Actor, challengeId: Id<'chl'>) =>
  world.get(EndChallenge).settle({ actor, challengeId });
const close = (actor: Actor, challengeId: Id<'chl'>) =>
  world.get(EndChallenge).close({ actor, challengeId, reason: '已当面说明' });
const state = async (challengeId: Id<'chl'>) =>
  (await world.get(ReadChallenges).thread(challengeId)).challenge.state;
const refused = (code: string) => ({ code });

describe('a challenge', () => {
  it('is asked by a member, answered by the custodian, asked again and settled', async () => {
    await newLine();
    const challenger = neighbour(2);
    const challengeId = await ask(challenger);
    // The first two of the campaign's people are the signatories of its account.
    await answer(neighbour(0), challengeId);
    expect(await state(challengeId)).toBe('answered');
    await reply(neighbour(3), challengeId);
    expect(await state(challengeId)).toBe('open');
    await answer(officer('fund_approver'), challengeId);
    await settle(challenger, challengeId);
    await settle(challenger, challengeId);
    const { challenge, messages } = await world.get(ReadChallenges).thread(challengeId);
    expect(challenge).toMatchObject({ state: 'settled', by: '陈**', dueAt: null, overdue: false });
    expect(messages.map(({ speaker, by }) => [speaker, by])).toEqual([
      ['challenger', '陈**'],
      ['custodian', '王**'],
      ['member', '赵**'],
      ['custodian', '已注销'],
    ]);
    const log = await world.sql.rows<{ event: string }>(
      'SELECT event FROM state_log WHERE object_id = ? ORDER BY id',
      [challengeId],
    );
    expect(log.map(({ event }) => event)).toEqual(['open', 'answer', 'reply', 'answer', 'settle']);
    const topics = await world.sql.rows<{ topic: string }>(
      'SELECT topic FROM outbox WHERE ref = ? ORDER BY id',
      [challengeId],
    );
    expect(topics.map(({ topic }) => topic)).toEqual([
      ...['book.challenged', 'book.answered', 'book.challenged', 'book.answered', 'book.challenge-ended'],
    ]);
  });

  it('is open once a person and line, whoever asks twice at once', async () => {
    await newLine();
    const tries = await Promise.allSettled([1, 2, 3].map(() => ask(neighbour(2))));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(ask(neighbour(2))).rejects.toMatchObject(refused('challenge_open_already'));
    await ask(neighbour(3));
    const list = await world.get(ReadChallenges).ofLine(lineId, null, 10);
    expect(list).toHaveLength(2);
    expect((await world.linesOf({ campaignId: open.campaignId }))[0]!.challenges).toEqual({
      all: 2,
      live: 2,
    });
  });

  it('is for verified members who can speak, and for lines that exist', async () => {
    await newLine();
    await expect(ask(actorOf(id('per')))).rejects.toMatchObject(refused('book_members_only'));
    await expect(ask(neighbour(2), '   ')).rejects.toMatchObject(refused('book_text_invalid'));
    await expect(ask(neighbour(2), '字'.repeat(2_001))).rejects.toMatchObject(refused('book_text_invalid'));
    const nowhere = { actor: neighbour(2), lineId: id('bln'), text: '这是什么？' };
    await expect(world.get(ChallengeLine).execute(nowhere)).rejects.toMatchObject(
      refused('book_line_not_found'),
    );
    await expect(reply(neighbour(2), id('chl'))).rejects.toMatchObject(refused('challenge_not_found'));
  });

  it('is answered, closed and hidden by those who may, and by nobody else', async () => {
    await newLine();
    const challengeId = await ask(neighbour(0));
    const forbidden = refused('challenge_forbidden');
    await expect(answer(neighbour(0), challengeId)).rejects.toMatchObject(forbidden);
    await expect(answer(neighbour(4), challengeId)).rejects.toMatchObject(forbidden);
    await expect(answer(officer('community_staff', id('com')), challengeId)).rejects.toMatchObject(forbidden);
    await expect(settle(neighbour(4), challengeId)).rejects.toMatchObject(forbidden);
    // Nobody closes a question to be rid of it.
    await expect(close(officer('community_staff'), challengeId)).rejects.toMatchObject(
      refused('state_conflict'),
    );
    await answer(neighbour(1), challengeId);
    await expect(close(officer('fund_approver'), challengeId)).rejects.toMatchObject(forbidden);
    await close(officer('community_staff'), challengeId);
    await expect(answer(neighbour(1), challengeId)).rejects.toMatchObject(refused('state_conflict'));
    const [, said] = (await world.get(ReadChallenges).thread(challengeId)).messages;
    const hide = (actor: Actor, messageId: Id<'msg'>) =>
      world.get(HideMessage).execute({ actor, challengeId, messageId, reason: '含有他人电话' });
    await expect(hide(neighbour(0), said!.id)).rejects.toMatchObject(forbidden);
    await expect(hide(officer('community_staff'), id('msg'))).rejects.toMatchObject(
      refused('message_not_found'),
    );
    await hide(officer('community_staff'), said!.id);
    await expect(hide(officer('community_staff'), said!.id)).rejects.toMatchObject(refused('message_hidden'));
    const hidden = (await world.get(ReadChallenges).thread(challengeId)).messages[1]!;
    expect([hidden.text, hidden.hiddenReason]).toEqual([null, '含有他人电话']);
    const kept = await world.sql.row<{ text: string }>('SELECT text FROM book_message WHERE id = ?', [
      said!.id,
    ]);
    expect(kept!.text).toBe('材料发票在社区公告栏。');
  });

  it('is taken up again for thirty days, and not while a newer one is open', async () => {
    await newLine();
    const first = await ask(neighbour(2));
    await settle(neighbour(2), first);
    await reply(neighbour(3), first);
    expect(await state(first)).toBe('open');
    await settle(neighbour(2), first);
    const second = await ask(neighbour(2));
    await expect(reply(neighbour(2), first)).rejects.toMatchObject(refused('challenge_open_already'));
    await settle(neighbour(2), second);
    await world.sql.change(
      'UPDATE book_challenge SET ended_at = UTC_TIMESTAMP(3) - INTERVAL 31 DAY WHERE id = ?',
      [first],
    );
    await expect(reply(neighbour(2), first)).rejects.toMatchObject(refused('challenge_over'));
  });

  it('is limited a person and day', async () => {
    await newLine();
    for (let n = 0; n < 5; n += 1) await settle(neighbour(5), await ask(neighbour(5)));
    await expect(ask(neighbour(5))).rejects.toMatchObject({
      code: 'challenge_limit',
      details: { retryAfterSeconds: expect.any(Number) },
    });
  });

  it('becomes a task when nobody answers in time, once each time it is open', async () => {
    await newLine();
    const [late, other] = [await ask(neighbour(2)), await ask(neighbour(3))];
    expect(await world.get(RaiseOverdue).due(10)).toEqual([]);
    const overdue = world.get(RaiseOverdue);
    const tasks = () =>
      world.get(CommunityTasks).list({
        ...{ actor: officer('community_staff'), communityId: open.communityId, state: 'open' },
        ...{ before: null, limit: 10 },
      });
    const pass = (challengeId: string) =>
      world.sql.change(
        'UPDATE book_challenge SET due_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE id = ?',
        [challengeId],
      );
    await pass(late);
    expect(await overdue.due(10)).toEqual([late]);
    await Promise.all([overdue.execute(late), overdue.execute(late)]);
    expect(await overdue.due(10)).toEqual([]);
    expect(await world.get(ReadChallenges).countOverdue()).toBe(1);
    expect((await world.get(ReadChallenges).thread(late)).challenge.overdue).toBe(true);
    const [task] = await tasks();
    expect(task).toMatchObject({ kind: 'answer_challenges', campaignId: open.campaignId });
    const done = { actor: officer('community_staff'), taskId: task!.id, note: '已回复' };
    await world.get(CommunityTasks).finish(done);
    expect(await tasks()).toEqual([]);
    await pass(other);
    await overdue.execute(other);
    expect((await tasks()).map(({ id: taskId }) => taskId)).toEqual([task!.id]);
    const events = await world.sql.row<{ n: string }>(
      "SELECT COUNT(*) AS n FROM outbox WHERE topic = 'book.overdue' AND ref IN (?)",
      [[late, other]],
    );
    expect(Number(events!.n)).toBe(2);
  });

  it('keeps its place and loses the words of who closes the account', async () => {
    await newLine();
    const leaving = actorOf(open.people[6]!, {
      secondFactorAt: new Date(Date.parse('9999-01-01T00:00:00Z')),
    });
    const challengeId = await ask(leaving, '我的电话是一三八');
    const data = await world.get(ExportMyData).execute({ actor: leaving });
    expect(JSON.stringify(data)).toContain('我的电话是一三八');
    await world.get(DeleteMyAccount).execute({ actor: leaving });
    const { messages } = await world.get(ReadChallenges).thread(challengeId);
    expect(messages[0]).toMatchObject({ text: null, by: '已注销' });
    const kept = await world.sql.row<{ text: string }>('SELECT text FROM book_message WHERE id = ?', [
      messages[0]!.id,
    ]);
    expect(kept!.text).toBe('');
  });
});
