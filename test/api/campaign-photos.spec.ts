import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PersonalDataSources, type Actor, type PersonalDataSource } from '@hehuo/identity';
import { UnitOfWork } from '@hehuo/kernel';
import { Database, ForgetFiles } from '@hehuo/platform';
import sharp from 'sharp';
import { CampaignApi } from '../support/campaign-api.js';
import type { Village } from '../support/launch-world.js';

const bed = new CampaignApi();
let folder: string;
let village: Village;
let organiser: Actor;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photos-spec-'));
  await bed.start({ STORAGE_FOLDER: folder });
  village = await bed.world.village();
  organiser = village.people[0]!;
});
afterAll(async () => {
  await bed.stop();
  await rm(folder, { recursive: true });
});

const picture = (width = 2000, height = 1500) =>
  sharp({ create: { width, height, channels: 3, background: '#a43' } })
    .jpeg()
    .toBuffer();

async function uploaded(who = organiser, bytes?: Buffer): Promise<string> {
  const sent = bed.call(who, 'post', '/files?purpose=photo').set('content-type', 'image/jpeg');
  return String((await sent.send(bytes ?? (await picture())).expect(201)).body.id);
}

function put(id: string, version: number, photos: { fileId: string; alt: string }[], who = organiser) {
  return bed.call(who, 'put', `/campaigns/${id}/photos`).set('if-match', `"${version}"`).send({ photos });
}

const page = async (id: string, who: Actor | null = organiser) =>
  (await bed.call(who, 'get', `/campaigns/${id}`)).body;
const shown = async (id: string) =>
  (await page(id)).photos.map(({ fileId, alt }: { fileId: string; alt: string }) => [fileId, alt]);

/** How often those who follow the campaign were told to look again. */
async function told(id: string): Promise<number> {
  const row = await bed
    .get(Database)
    .row<{ n: number }>("SELECT COUNT(*) AS n FROM outbox WHERE topic = 'campaign.changed' AND ref = ?", [
      id,
    ]);
  return Number(row!.n);
}

describe('photos of a draft', () => {
  it('stand in their order in three sizes, are read by its readers only and the rest learns nothing', async () => {
    const id = await bed.draft(village);
    const [wall, door] = [await uploaded(), await uploaded(organiser, await picture(600, 1200))];
    const saved = await put(id, 0, [
      { fileId: wall, alt: '旧墙' },
      { fileId: door, alt: '楼道门' },
    ]).expect(200);
    expect([saved.body.version, saved.headers['etag']]).toEqual([1, '"1"']);
    expect((await page(id)).photos).toEqual([
      {
        ...{ fileId: wall, alt: '旧墙' },
        sizes: [
          { url: `/v1/files/${wall}?size=small`, width: 480, height: 360 },
          { url: `/v1/files/${wall}?size=medium`, width: 960, height: 720 },
          { url: `/v1/files/${wall}?size=full`, width: 1600, height: 1200 },
        ],
      },
      {
        ...{ fileId: door, alt: '楼道门' },
        sizes: [
          { url: `/v1/files/${door}?size=small`, width: 240, height: 480 },
          { url: `/v1/files/${door}?size=medium`, width: 480, height: 960 },
          { url: `/v1/files/${door}?size=full`, width: 600, height: 1200 },
        ],
      },
    ]);
    const medium = await bed.call(organiser, 'get', `/files/${wall}?size=medium`).expect(200);
    const { width, height, exif } = await sharp(medium.body).metadata();
    expect([width, height, exif]).toEqual([960, 720, undefined]);
    expect(medium.headers['cache-control']).toBe('private, no-store');
    const neighbour = bed.call(village.people[1]!, 'get', `/files/${wall}`);
    expect((await neighbour).body.code).toBe('file_not_found');
    await bed.call(null, 'get', `/files/${wall}`).expect(401);
    await bed.call(village.staff, 'get', `/files/${wall}`).expect(200);
  });

  it('change order, and bytes of what is taken down go away', async () => {
    const id = await bed.draft(village);
    const files = [await uploaded(), await uploaded(), await uploaded()] as const;
    await put(
      id,
      0,
      files.map((fileId) => ({ fileId, alt: '楼道' })),
    ).expect(200);
    const before = await stored();
    await put(id, 1, [
      { fileId: files[2], alt: '刷好的墙' },
      { fileId: files[0], alt: '楼道' },
    ]).expect(200);
    expect(await shown(id)).toEqual([
      [files[2], '刷好的墙'],
      [files[0], '楼道'],
    ]);
    await bed.call(organiser, 'get', `/files/${files[1]}`).expect(404);
    const forget = bed.get(ForgetFiles);
    for (const file of await forget.due(100)) await forget.execute(file);
    expect((await stored()).length).toBe(before.length - 3);
    await bed.call(organiser, 'get', `/files/${files[0]}`).expect(200);
  });

  it('are refused with reasons, and nothing changes', async () => {
    const id = await bed.draft(village);
    const fileId = await uploaded();
    await put(id, 0, [{ fileId, alt: '楼道' }]).expect(200);
    const foreign = await uploaded(village.people[1]!);
    const refused = async (version: number, photos: { fileId: string; alt: string }[], who = organiser) => {
      const { status, body } = await put(id, version, photos, who);
      return [status, body.code];
    };
    const many = Array.from({ length: 9 }, () => ({ fileId, alt: '楼道' }));
    expect(await refused(1, many)).toEqual([422, 'validation_failed']);
    expect(await refused(1, [{ fileId, alt: '' }])).toEqual([422, 'validation_failed']);
    expect(await refused(1, many.slice(0, 2))).toEqual([422, 'campaign_field_invalid']);
    expect(await refused(1, [{ fileId: foreign, alt: '门' }])).toEqual([422, 'file_not_usable']);
    expect(await refused(0, [])).toEqual([412, 'campaign_stale']);
    expect(await refused(1, [], village.people[1]!)).toEqual([404, 'campaign_not_found']);
    expect(await refused(1, [], village.staff)).toEqual([403, 'campaign_forbidden']);
    expect(await shown(id)).toEqual([[fileId, '楼道']]);
    const other = await bed.draft(village);
    expect((await put(other, 0, [{ fileId, alt: '楼道' }])).body.code).toBe('file_not_usable');
  });

  it('are photos and nothing else, and a refusal says so in both languages', async () => {
    const send = (bytes: Buffer, language = 'en') =>
      bed
        .call(organiser, 'post', '/files?purpose=photo')
        .set('content-type', 'application/octet-stream')
        .set('accept-language', language)
        .send(bytes);
    const pdf = Buffer.from('%PDF-1.7\n%%EOF\n');
    expect((await send(pdf)).body).toMatchObject({
      ...{
        status: 415,
        code: 'file_not_a_picture',
        detail: 'only photos are shown here; send a JPEG, PNG or WebP',
      },
    });
    expect((await send(pdf, 'zh')).body.detail).toBe('请换成照片（JPEG、PNG、WebP）；PDF 不能当照片');
    expect((await send(Buffer.from('just words'))).body.code).toBe('file_type_refused');
    expect((await send(Buffer.alloc(9 * 1024 * 1024))).body.code).toBe('file_too_large');
    const receipt = bed
      .call(organiser, 'post', '/files?purpose=receipt')
      .set('content-type', 'application/pdf');
    const { body } = await receipt.send(pdf).expect(201);
    const id = await bed.draft(village);
    expect((await put(id, 0, [{ fileId: body.id, alt: '单据' }])).body.code).toBe('file_not_a_picture');
    expect(await shown(id)).toEqual([]);
    await put(id, 0, []).expect(200);
  });
});

describe('photos of a campaign that the neighbours see', () => {
  it('are public and kept for a day, the first is the cover, and others take their place', async () => {
    const opened = await bed.world.opened(village);
    const [first, next] = [await uploaded(), await uploaded()];
    const { version } = await page(opened.id);
    const before = await told(opened.id);
    await put(opened.id, version, [{ fileId: first, alt: '旧墙' }]).expect(200);
    expect((await told(opened.id)) - before).toBe(1);
    const { headers } = await bed.call(null, 'get', `/files/${first}?size=small`).expect(200);
    expect([headers['cache-control'], headers['vary']]).toEqual([
      ...['public, max-age=86400, immutable', undefined],
    ]);
    const list = await bed.call(null, 'get', `/campaigns?communityId=${village.communityId}`).expect(200);
    const card = list.body.items.find((item: { id: string }) => item.id === opened.id);
    expect(card.cover).toMatchObject({ fileId: first, alt: '旧墙' });
    await put(opened.id, version + 1, [{ fileId: next, alt: '刷了一半' }]).expect(200);
    await bed.call(null, 'get', `/files/${first}`).expect(401);
    await bed.call(null, 'get', `/files/${next}`).expect(200);
  });

  it('stay as they are while the campaign is judged', async () => {
    const id = await bed.written(village);
    await bed
      .call(organiser, 'post', `/campaigns/${id}/submit`)
      .set('if-match', `"${(await page(id)).version}"`)
      .expect(200);
    const { status, body } = await put(id, (await page(id)).version, []);
    expect([status, body.code]).toEqual([409, 'campaign_not_editable']);
  });
});

describe('the organiser’s own data', () => {
  it('names the photos, and a draft that was thrown away loses them with its words', async () => {
    const village = await bed.world.village([0]);
    const person = village.people[0]!;
    const id = await bed.draft(village);
    const fileId = await uploaded(person);
    await put(id, 0, [{ fileId, alt: '楼道' }], person).expect(200);
    const data = campaignData();
    expect(await data.export(person.personId)).toMatchObject({
      photos: [{ campaignId: id, position: 0, fileId, alt: '楼道' }],
    });
    await bed.call(person, 'post', `/campaigns/${id}/cancel`).send({ reason: '不办了' }).expect(200);
    await bed.get(UnitOfWork).run((tx) => data.forget(tx, person.personId));
    expect(await bed.get(ForgetFiles).due(100)).toContain(fileId);
    expect(await data.export(person.personId)).toMatchObject({ photos: [] });
  });
});

function campaignData(): PersonalDataSource {
  return bed
    .get(PersonalDataSources)
    .all()
    .find(({ name }) => name === 'campaigns')!;
}

async function stored(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
