import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hehuo/kernel';
import request from 'supertest';
import sharp from 'sharp';
import { linesOf, pathOf, widthOf } from '../../apps/api/src/pages/drawn-text.js';
import { shareSvg } from '../../apps/api/src/pages/share-picture.js';
import { startApi, type TestApi } from '../support/api.js';
import { openCampaign } from '../support/open-campaign.js';

const LAMP = '#FFC247';
let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const aCampaign = async (): Promise<string> =>
  (await openCampaign(api.testDatabase.database, { asks: [{ kind: 'labour', minimum: 480n }] })).campaignId;
const change = (id: string, set: string, value: string) =>
  api.testDatabase.database.change(`UPDATE campaign SET ${set} WHERE id = ?`, [value, id]);
const picture = (file: string): request.Test => request(api.url).get(`/og/c/${file}`);

describe('the picture of a campaign', () => {
  it.each([
    ['', 1200, 630],
    ['-300', 300, 300],
  ])('%s.jpg is %i by %i pixels and is kept for a while', async (suffix, width, height) => {
    const { body, headers } = await picture(`${await aCampaign()}${suffix}.jpg`).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=600',
      'cross-origin-resource-policy': 'cross-origin',
      'content-length': String((body as Buffer).length),
    });
    expect(await sharp(body as Buffer).metadata()).toMatchObject({ format: 'jpeg', width, height });
    expect((body as Buffer).length).toBeLessThan(100_000);
  });

  it('is the same until the campaign changes, and then another one', async () => {
    const id = await aCampaign();
    const [first, again] = [await picture(`${id}.jpg`), await picture(`${id}.jpg`)];
    expect((first.body as Buffer).equals(again.body as Buffer)).toBe(true);
    await change(id, 'title = ?, version = version + 1', '楼道里装一盏灯');
    const other = await picture(`${id}.jpg`).expect(200);
    expect((first.body as Buffer).equals(other.body as Buffer)).toBe(false);
  });

  it('answers HEAD', async () => {
    const { headers } = await request(api.url)
      .head(`/og/c/${await aCampaign()}.jpg`)
      .expect(200);
    expect(headers['content-type']).toBe('image/jpeg');
  });

  it('is not there for what is not public, or is no campaign', async () => {
    const draft = await aCampaign();
    await change(draft, 'state = ?', 'draft');
    for (const file of [
      ...[`${draft}.jpg`, `${draft}-300.jpg`, `${newId('cmp', 0)}.jpg`, `${await aCampaign()}-600.jpg`],
      ...[`${await aCampaign()}.png`, await aCampaign(), 'x.jpg', `cmp_${'u'.repeat(26)}.jpg`],
    ]) {
      const { headers, body } = await picture(file).expect(404);
      expect([headers['cache-control'], body.code]).toEqual(['no-store', 'not_found']);
    }
  });

  it('draws any title, whatever stands in it', async () => {
    for (const title of [`</svg><script>&"'`, '🏮🏮🏮', ' ', 'W'.repeat(60), '字'.repeat(60)]) {
      const id = await aCampaign();
      await change(id, 'title = ?', title);
      for (const file of [`${id}.jpg`, `${id}-300.jpg`]) await picture(file).expect(200);
    }
  });
});

describe('the drawing', () => {
  const facts = { title: '修长椅', community: '芙蓉里社区', households: 0 };
  const litIn = (svg: string): number => svg.split(`fill="${LAMP}"`).length - 1;

  it.each([
    [0, 0],
    [1, 1],
    [17, 17],
    [48, 48],
    [5_000, 48],
  ])('lights a window for each of %i households: %i', (households, lit) => {
    expect(litIn(shareSvg({ ...facts, households }, 'wide'))).toBe(lit);
  });

  it('holds no text, so no font of the machine is asked for', () => {
    const svg = shareSvg({ ...facts, title: '<b>&' }, 'square');
    expect(svg).not.toMatch(/<text|<image|href|<b>/);
  });
});

describe('text in a picture', () => {
  const box = { size: 50, width: 300, linesMax: 3 };

  it('breaks between words, and within one that is too long', () => {
    expect(linesOf('楼道重新刷白一起来', box).join('')).toBe('楼道重新刷白一起来');
    expect(linesOf('paint the stairs', box)).toEqual(['paint the', 'stairs']);
    const long = linesOf('W'.repeat(14), { ...box, linesMax: 9 });
    expect(long.length).toBeGreaterThan(1);
    for (const line of long) expect(widthOf(line, 50)).toBeLessThanOrEqual(300);
  });

  it('never begins a line with a full stop', () => {
    expect(linesOf('一二三四五六。七', box)).toEqual(['一二三四五六。', '七']);
  });

  it('ends in an ellipsis where it is too long', () => {
    const lines = linesOf('字'.repeat(40), box);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toBe('字字字字字…');
    expect(widthOf(lines[2]!, 50)).toBeLessThanOrEqual(300);
  });

  it('leaves out what the font does not have', () => {
    expect(widthOf('灯🏮', 50)).toBe(widthOf('灯', 50));
    expect(pathOf('🏮', 50, 0, 0)).toBe('');
  });
});
