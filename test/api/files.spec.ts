import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '@hehuo/kernel';
import { checkInvariants, FILE_INVARIANTS, FilesOfPerson, uploadBytesMax } from '@hehuo/platform';
import sharp from 'sharp';
import request from 'supertest';
import { actors, KnownSessions } from '../support/actors.js';
import { startApi, type TestApi } from '../support/api.js';

const sessions = new KnownSessions();
const shown = actors({ secondFactorAt: new Date(Date.parse('2026-01-01T00:00:00Z')) });
const token = sessions.tokenFor(shown.resident);
const stranger = sessions.tokenFor(shown.auditor);
let api: TestApi;
let folder: string;
let photo: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-api-'));
  api = await startApi({ sessions, settings: { STORAGE_FOLDER: folder } });
  photo = await sharp({ create: { width: 2000, height: 1000, channels: 3, background: '#336699' } })
    .png()
    .toBuffer();
});
afterAll(async () => {
  expect(await checkInvariants(api.testDatabase.database, FILE_INVARIANTS)).toEqual([]);
  await api.stop();
  await rm(folder, { recursive: true });
});

const upload = (bytes: Buffer | string, type = 'application/octet-stream', query = '?purpose=receipt') =>
  request(api.url)
    .post(`/v1/files${query}`)
    .set('authorization', `Bearer ${token}`)
    .set('content-type', type)
    .send(bytes);

const read = (id: string, query = '', as = token) =>
  request(api.url)
    .get(`/v1/files/${id}${query}`)
    .set('authorization', `Bearer ${as}`)
    .buffer(true)
    .parse((response, done) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => done(null, Buffer.concat(parts)));
    });

describe('files over HTTP', () => {
  it('a photo goes in whatever it is called and comes out drawn anew, at two sizes', async () => {
    const { status, body } = await upload(photo, 'image/jpeg');
    expect(status).toBe(201);
    expect(body).toEqual({
      ...{ id: expect.stringMatching(/^fil_/), type: 'image/jpeg', width: 1600, height: 800 },
      ...{ bytes: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const full = await read(body.id);
    expect([full.status, full.headers['content-type'], full.body.length]).toEqual([
      200,
      'image/jpeg',
      body.bytes,
    ]);
    expect(full.headers).toMatchObject({
      'content-disposition': `inline; filename="${body.id}.jpg"`,
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      ...{ 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' },
    });
    const small = await read(body.id, '?size=small');
    expect(await sharp(small.body as Buffer).metadata()).toMatchObject({ width: 480, format: 'jpeg' });
    expect((await read(body.id, '', stranger)).status).toBe(404);
    expect((await request(api.url).get(`/v1/files/${body.id}`)).status).toBe(401);
  });

  it('a document that is a page as well is handed out as a file to keep and locked', async () => {
    const page = '%PDF-1.7\n<html><script>fetch("/v1/me")</script></html>\n%%EOF';
    const { body } = await upload(page, 'application/pdf');
    const { headers } = await read(body.id);
    expect(headers['content-type']).toBe('application/pdf');
    expect(headers['content-disposition']).toBe(`attachment; filename="${body.id}.pdf"`);
    expect(headers['content-security-policy']).toContain('sandbox');
  });

  it.each([
    ['a page that says it is a photo', '<svg onload="x()"/>', 'image/png', 415, 'file_type_refused'],
    ['a cut photo', '\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg', 422, 'file_damaged'],
    ['JSON', '{}', 'application/json', 415, 'unsupported_media_type'],
    ['a form', 'a=b', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
  ])('%s is refused', async (_name, text, type, status, code) => {
    const { status: got, body } = await upload(Buffer.from(text, 'latin1'), type);
    expect([got, body.code]).toEqual([status, code]);
  });

  it('8 MiB and one byte is too much, with and without its length named', async () => {
    const large = Buffer.alloc(uploadBytesMax + 1, 0xff);
    const named = await upload(large);
    expect([named.status, named.body.code]).toEqual([413, 'file_too_large']);
    const whole = new ReadableStream({
      start: (to) => {
        to.enqueue(large);
        to.close();
      },
    });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'image/png' };
    const init = { method: 'POST', headers, body: whole, duplex: 'half' } as RequestInit;
    const unnamed = await fetch(`${api.url}/v1/files?purpose=receipt`, init);
    expect([unnamed.status, ((await unnamed.json()) as { code: string }).code]).toEqual([
      413,
      'file_too_large',
    ]);
  });

  it('says what is missing', async () => {
    expect((await upload(photo, 'image/png', '')).body.code).toBe('validation_failed');
    expect((await upload(photo, 'image/png', '?purpose=meme')).body.code).toBe('validation_failed');
    expect((await read('fil_x')).status).toBe(404);
    const elsewhere = await request(api.url)
      .post('/v1/receipts')
      .set('authorization', `Bearer ${token}`)
      .set('content-type', 'image/png')
      .send(photo);
    expect([elsewhere.status, elsewhere.body.code]).toEqual([415, 'unsupported_media_type']);
  });
});

describe('who may not read a file', () => {
  /** What is answered, without the id of the request, which differs by itself. */
  const told = async (id: string, as: string | null, method: 'get' | 'head' = 'get') => {
    const asked = request(api.url)[method](`/v1/files/${id}`);
    const { status, body, headers } = await (as === null
      ? asked
      : asked.set('authorization', `Bearer ${as}`));
    const { instance: _id, ...document } = body as Record<string, unknown>;
    return { status, document, type: headers['content-type'], cache: headers['cache-control'] };
  };
  const unknown = 'fil_00000000000000000000000000';
  const ended = 'token-of-a-session-that-has-ended';

  it('hears of one that is there what is said of one that is not', async () => {
    const { body } = await upload(photo, 'image/png');
    for (const [as, status, code] of [
      [null, 401, 'sign_in_required'],
      [ended, 401, 'sign_in_required'],
      [stranger, 404, 'file_not_found'],
    ] as const) {
      const answer = await told(body.id, as);
      expect(answer).toMatchObject({ status, document: { code }, cache: 'no-store' });
      expect(await told(unknown, as)).toEqual(answer);
      expect((await told(body.id, as, 'head')).status).toBe(status);
      expect((await told(unknown, as, 'head')).status).toBe(status);
    }
  });

  it('is everybody, when its uploader has closed the account', async () => {
    const { body } = await upload(photo, 'image/png');
    const get = <T>(part: abstract new (...parts: never[]) => T): T => api.app.get(part, { strict: false });
    await get(UnitOfWork).run((tx) => get(FilesOfPerson).forget(tx, shown.resident.personId));
    expect([(await read(body.id)).status, (await read(body.id, '?size=small')).status]).toEqual([404, 404]);
    expect(await told(body.id, null)).toEqual(await told(unknown, null));
  });
});

describe('an installation without a folder', () => {
  it('refuses files with the reason and serves the rest', async () => {
    const bare = await startApi({ sessions });
    const { status, body } = await request(bare.url)
      .post('/v1/files?purpose=receipt')
      .set('authorization', `Bearer ${token}`)
      .set('content-type', 'image/png')
      .send(photo);
    expect([status, body.code]).toEqual([503, 'files_not_set_up']);
    expect((await request(bare.url).get('/health')).status).toBe(200);
    await bare.stop();
  });
});
