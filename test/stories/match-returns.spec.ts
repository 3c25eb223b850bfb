import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CloseMatchPool,
  ReadMatches,
  ReadMatchPools,
  RefuseMatchReceipt,
  returnWords,
  WriteOffMatch,
} from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import { officerOf, poolSums } from '../support/match-pools.js';
import { MatchStory } from '../support/match-story.js';
import { StoryWorld } from './story-world.js';

let world: StoryWorld;
beforeAll(async () => {
  world = await StoryWorld.start();
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

const matchBooks = async (story: MatchStory): Promise<string[]> =>
  (await world.books(story.campaign)).filter(
    (row) => row.startsWith('match_to') || row.startsWith('payable'),
  );

describe('a match that the donor never pays', () => {
  const reason = '街道财政冻结，今年不再拨付';

  it('is written off by two approvers, goes back into the pool, and everybody reads why', async () => {
    const story = await MatchStory.start(world);
    expect(await story.bindingRow()).toBe('due 45003 0 0');
    const [first, second] = [officerOf('fund_approver'), officerOf('fund_approver')];
    const propose = (actor: Actor) => world.get(WriteOffMatch).propose({ ...story.binding, actor, reason });
    const confirm = (actor: Actor) => world.get(WriteOffMatch).confirm({ ...story.binding, actor });
    await expect(propose(officerOf('community_staff'))).rejects.toMatchObject({ code: 'match_forbidden' });
    await expect(confirm(second)).rejects.toMatchObject({ code: 'state_conflict' });
    await propose(first);
    await propose(first);
    await expect(confirm(first)).rejects.toMatchObject({ code: 'match_same_person' });
    await expect(story.enter(45_003n)).rejects.toMatchObject({ code: 'state_conflict' });
    expect(await story.bindingRow()).toBe('write_off_proposed 45003 0 0');
    await Promise.all([confirm(second), confirm(second)]);
    await expect(confirm(officerOf('fund_approver'))).rejects.toMatchObject({ code: 'state_conflict' });
    expect(await story.bindingRow()).toBe('written_off 45003 45003 0');
    expect(await story.lines()).toEqual([
      '0 0 unmatched',
      '30000 30000 written_off',
      '15003 15003 written_off',
    ]);
    expect(await poolSums(world.sql, story.poolId)).toEqual({ reserved: '0', released: '45003', spent: '0' });
    expect(await matchBooks(story)).toEqual([
      'payable {campaign} fen: in 35001 out 0 pending 0 left 35001',
      'match_to {campaign} fen_promised: in 45003 out 45003 pending 0 left 0',
    ]);
    const { campaignId } = story.campaign;
    const bound = await world.get(ReadMatches).ofCampaign(campaignId, null);
    expect(bound[0]?.binding.writeOff).toMatchObject({ reason, confirmedBy: second.personId });
    const [youngest] = await world.get(ReadMatches).lines(bound, campaignId, null, 10);
    expect(returnWords(youngest!.pool, youngest!, youngest!.returns[0]!)).toEqual({
      'zh-CN': '出资方没有付款，核销配捐 150.03 元。',
      en: 'The donor did not pay; 150.03 yuan are written off.',
    });
    const { writtenOff } = await world.get(ReadMatchPools).one(story.poolId);
    expect(writtenOff).toMatchObject([{ campaignId, amount: 45_003n, reason }]);
  });

  it('and pays after the write-off all the same has it back, by two persons and a payout to nobody else', async () => {
    const story = await MatchStory.start(world);
    await story.writeOff(reason);
    for (const amount of [0n, 45_004n]) {
      await expect(story.enter(amount)).rejects.toMatchObject({ code: 'match_receipt_invalid' });
    }
    await story.enter(40_000n);
    const refuse = { ...story.binding, actor: officerOf('fund_approver'), reason: '账上没有' };
    await world.get(RefuseMatchReceipt).execute(refuse);
    expect(await story.bindingRow()).toBe('written_off 45003 45003 0');
    await story.enter(40_000n);
    await Promise.allSettled([story.confirm(), story.confirm(), story.confirm()]);
    expect(await story.bindingRow()).toBe('late_received 45003 45003 40000');
    expect(await story.matchedParts()).toEqual(['matched 40000 0 40000', 'returned_match 40000 0 0']);
    expect(await poolSums(world.sql, story.poolId)).toEqual({ reserved: '0', released: '45003', spent: '0' });
    const { writtenOff } = await world.get(ReadMatchPools).one(story.poolId);
    expect(writtenOff).toMatchObject([{ amount: 45_003n }]);
    await expect(story.enter(5_003n)).rejects.toMatchObject({ code: 'state_conflict' });
    await world.expectSound();
    await story.hands.payOut(await story.hands.payee('书院街道办事处'), 'returned_match', 40_000n);
    expect(await matchBooks(story)).toEqual([
      'payable {campaign} fen: in 75001 out 40000 pending 0 left 35001',
      'match_to {campaign} fen_promised: in 45003 out 45003 pending 0 left 0',
    ]);
  });

  it('is awaited again when the write-off is refused, and can be paid then', async () => {
    const story = await MatchStory.start(world);
    const actor = officerOf('fund_approver');
    await world.get(WriteOffMatch).propose({ ...story.binding, actor, reason });
    await world.get(WriteOffMatch).refuse({ ...story.binding, actor, reason: '街道说下周付' });
    await story.receive(45_003n);
    expect(await story.bindingRow()).toBe('received 45003 0 45003');
    await expect(world.get(WriteOffMatch).propose({ ...story.binding, actor, reason })).rejects.toMatchObject(
      { code: 'state_conflict' },
    );
  });

  it('goes home to the donor when the pool is closed', async () => {
    const story = await MatchStory.start(world);
    await world.get(CloseMatchPool).execute({ actor: officerOf('fund_approver'), poolId: story.poolId });
    const write = world.get(WriteOffMatch);
    await write.propose({ ...story.binding, actor: officerOf('fund_approver'), reason });
    await write.confirm({ ...story.binding, actor: officerOf('fund_approver') });
    const books = await world.books({ ...story.campaign, campaignId: story.poolId as never });
    expect(books.filter((row) => row.startsWith('match_'))).toEqual([
      'match_by {campaign} fen_promised: in 100000 out 100000 pending 0 left 0',
      'match_pool {campaign} fen_promised: in 145003 out 145003 pending 0 left 0',
    ]);
  });
});

describe('a milestone that is cancelled', () => {
  it('lowers what the donor owes in proportion, line by line, and the donor pays the rest', async () => {
    const story = await MatchStory.start(world);
    // 7,000 of 35,001 fen go back: 4,000, 2,000 and 1,000, as the largest remainders say.
    await story.cancel(2);
    expect(await story.lines()).toEqual(['0 0 unmatched', '30000 6000 confirmed', '15003 3000 confirmed']);
    expect(await story.bindingRow()).toBe('due 45003 9000 0');
    await expect(story.enter(45_003n)).rejects.toMatchObject({ code: 'match_receipt_invalid' });
    await story.receive(36_003n);
    expect(await story.bindingRow()).toBe('received 45003 9000 36003');
    expect(await story.matchedParts()).toEqual(['matched 36003 0 0']);
    expect(await poolSums(world.sql, story.poolId)).toEqual({
      reserved: '36003',
      released: '9000',
      spent: '36003',
    });
    const bound = await world.get(ReadMatches).summary(story.campaign.campaignId);
    const [youngest] = await world.get(ReadMatches).lines(bound, story.campaign.campaignId, null, 10);
    expect(returnWords(youngest!.pool, youngest!, youngest!.returns[0]!)).toEqual({
      'zh-CN': '本人 50.01 元 中已退 10.00 元，配捐 150.03 元 按比例这次退 30.00 元。',
      en: '10.00 yuan of one’s own 50.01 yuan went back, so 30.00 yuan of the match of 150.03 yuan go back now.',
    });
  });

  it('keeps what came for it for the donor, who gets it by a payout of two approvers', async () => {
    const story = await MatchStory.start(world);
    await story.receive(45_003n);
    await story.cancel(2);
    expect(await story.bindingRow()).toBe('received 45003 9000 45003');
    expect(await story.matchedParts()).toEqual(['matched 45003 0 9000', 'returned_match 9000 0 0']);
    const donor = await story.hands.payee('书院街道办事处');
    await story.hands.payOut(donor, 'returned_match', 9_000n);
    expect(await story.matchedParts()).toEqual(['matched 45003 0 9000', 'returned_match 9000 9000 0']);
    expect(await matchBooks(story)).toEqual([
      'payable {campaign} fen: in 80004 out 16000 pending 0 left 64004',
      'match_to {campaign} fen_promised: in 45003 out 9000 pending 0 left 36003',
    ]);
    // What was reserved of the pool and came is what it spends on this campaign.
    expect(await poolSums(world.sql, story.poolId)).toEqual({
      reserved: '36003',
      released: '9000',
      spent: '36003',
    });
    await story.cancel(0);
    await story.cancel(1);
    expect(await story.lines()).toEqual(['0 0 unmatched', '30000 30000 confirmed', '15003 15003 confirmed']);
    expect(await story.matchedParts()).toEqual(['matched 45003 0 45003', 'returned_match 45003 9000 0']);
  });

  it('takes back from a receipt that waits for its second person', async () => {
    const story = await MatchStory.start(world);
    await story.enter(45_003n);
    await story.cancel(2);
    await story.confirm();
    expect(await story.bindingRow()).toBe('received 45003 9000 45003');
    expect(await story.matchedParts()).toEqual(['matched 45003 0 9000', 'returned_match 9000 0 0']);
  });

  it('cannot take back what is spent, says so, and takes it when it came back', async () => {
    const story = await MatchStory.start(world);
    await story.receive(45_003n);
    const payee = await story.hands.payee();
    const payout = await story.hands.payOut(payee, 'matched', 39_003n);
    await story.cancel(2);
    expect(await story.lines()).toEqual(['0 0 unmatched', '30000 4000 confirmed', '15003 2000 confirmed']);
    const bound = await world.get(ReadMatches).summary(story.campaign.campaignId);
    const [youngest] = await world.get(ReadMatches).lines(bound, story.campaign.campaignId, null, 10);
    expect(returnWords(youngest!.pool, youngest!, youngest!.returns[0]!)['zh-CN']).toContain(
      '配捐已用掉一部分，实退 20.00 元',
    );
    await story.hands.clawBack(payout, 39_003n);
    await story.cancel(1);
    expect(await story.lines()).toEqual(['0 0 unmatched', '30000 15000 confirmed', '15003 7500 confirmed']);
  });

  it('leaves nothing to pay when everybody has everything back', async () => {
    const story = await MatchStory.start(world);
    for (const position of [0, 1, 2]) await story.cancel(position);
    expect(await story.bindingRow()).toBe('released 45003 45003 0');
    expect(await poolSums(world.sql, story.poolId)).toEqual({ reserved: '0', released: '45003', spent: '0' });
  });
});
