import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CancelCampaign, ObjectCampaign, RaiseNeed } from '@hehuo/campaign';
import { PersonalDataSources, type PersonalDataSource } from '@hehuo/identity';
import { UnitOfWork } from '@hehuo/kernel';
import { LaunchWorld, type Village } from '../../support/launch-world.js';

let world: LaunchWorld;
let village: Village;
let source: PersonalDataSource;

beforeAll(async () => {
  world = await LaunchWorld.start();
  village = await world.village();
  source = world
    .get(PersonalDataSources)
    .all()
    .find(({ name }) => name === 'campaigns')!;
});
afterAll(async () => {
  await world.expectSound();
  await world.stop();
});

const obligations = (personId: Village['people'][0]['personId']) =>
  world.get(UnitOfWork).run((tx) => source.obligations(tx, personId));

describe('what campaigns hold on a person', () => {
  it('is exported whole and nothing of others', async () => {
    const [me, neighbour] = village.people;
    await world.get(RaiseNeed).execute({
      actor: me!,
      communityId: village.communityId,
      title: '缺灯',
      text: '楼道黑',
      placeText: '',
    });
    await world.draft(village, neighbour);
    const mine = (await source.export(me!.personId)) as Record<string, unknown[]>;
    expect(mine['needs']).toMatchObject([{ title: '缺灯' }]);
    expect(mine['meToo']).toHaveLength(1);
    expect(mine['campaigns']).toEqual([]);
    expect(JSON.stringify(mine)).not.toContain(neighbour!.personId);
  });

  it('keeps an account while something is open, and lets go of words afterwards', async () => {
    const [, , me, objector] = village.people;
    const draft = await world.finished(village, me);
    expect(await obligations(me!.personId)).toEqual([{ kind: 'campaign_running', ref: draft.id }]);
    await world.get(CancelCampaign).execute({ actor: me!, campaignId: draft.id, reason: '不做了' });
    expect(await obligations(me!.personId)).toEqual([]);

    const campaign = await world.noticed(village, 3600);
    const objects = world.get(ObjectCampaign);
    const objectionId = await objects.execute({ actor: objector!, campaignId: campaign.id, text: '太吵' });
    expect(await obligations(objector!.personId)).toEqual([{ kind: 'objection_open', ref: objectionId }]);
    const target = { campaignId: campaign.id, objectionId };
    await objects.answer({ ...target, actor: village.staff, answer: '只在白天' });

    for (const { personId } of [me!, objector!]) {
      await world.get(UnitOfWork).run((tx) => source.forget(tx, personId));
    }
    const left = await world.sql.row<{ title: string; story: string }>(
      'SELECT title, story FROM campaign WHERE id = ?',
      [draft.id],
    );
    expect(left).toEqual({ title: '', story: '' });
    const objection = await world.sql.row('SELECT text, answer, state FROM objection WHERE id = ?', [
      objectionId,
    ]);
    expect(objection).toEqual({ text: '', answer: '只在白天', state: 'answered' });
  });
});
