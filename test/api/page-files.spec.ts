import { get as rawGet } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startApi, type TestApi } from '../support/api.js';
import { webFolder, type WebFolder } from '../support/web-folder.js';

let folder: WebFolder;
let api: TestApi;

beforeAll(async () => {
  folder = webFolder();
  api = await startApi({ settings: { WEB_FOLDER: folder.path } });
});
afterAll(async () => {
  await api.stop();
  folder.remove();
});

const get = (path: string, headers: Record<string, string> = {}): request.Test =>
  request(api.url)
    .get(path)
    .set({ accept: 'text/html', ...headers });

/** The address goes as it is written; a client that tidies it up would never ask for it. */
function status(path: string): Promise<number> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    rawGet({ hostname, port, path, headers: { accept: '*/*' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    }).on('error', reject);
  });
}

describe('files of the app', () => {
  it.each([
    ['/assets/campaign-2.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/main-5.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/plate-6.woff2', 'font/woff2', 'public, max-age=31536000, immutable'],
    ['/sw.js', 'text/javascript; charset=utf-8', 'no-cache'],
    ['/manifest.webmanifest', 'application/manifest+json', 'no-cache'],
    ['/icon.svg', 'image/svg+xml', 'no-cache'],
    ['/icon-192.png', 'image/png', 'no-cache'],
  ])('%s is %s, kept as %s', async (path, type, cache) => {
    const { headers } = await get(path).expect(200);
    expect([headers['content-type'], headers['cache-control']]).toEqual([type, cache]);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', undefined],
    ['brotli', undefined],
  ])('are sent to whoever takes "%s" as %s', async (accepted, encoding) => {
    const answer = await get('/assets/campaign-2.js', { 'accept-encoding': accepted }).buffer(true);
    expect([answer.headers['content-encoding'], answer.headers['vary']]).toEqual([
      encoding,
      'Accept-Encoding',
    ]);
    const plain = await fetch(`${api.url}/assets/campaign-2.js`, {
      headers: { 'accept-encoding': accepted },
    });
    expect(await plain.text()).toBe('export const campaign = 1;\n');
  });

  it.each([
    '/../outside.js',
    '/assets/../../outside.js',
    '/assets/..%2f..%2foutside.js',
    '/assets/%2e%2e/%2e%2e/outside.js',
    '/..%5coutside.js',
    '//outside.js',
    '/assets/campaign-2.js%00.png',
    '/assets/campaign-2.js.br',
    '/.vite/manifest.json',
    '/secret.pem',
    '/assets/',
    '/assets',
  ])('are the built ones and no others: %s', async (path) => {
    expect([400, 404]).toContain(await status(path));
  });

  it('have the page that a phone keeps, and never a bare one with its slots', async () => {
    expect((await get('/index.html').expect(200)).text).not.toContain('<!--');
  });
});

describe('the api beside the pages', () => {
  it.each(['/v1/nothing', '/v1', '/problems', '/health/x', '/og/x', '/assets/gone.js', '/metrics/x'])(
    'answers %s with a problem, also to a browser',
    async (path) => {
      const { headers, body } = await get(path).expect(404);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(body.code).toBe('not_found');
    },
  );

  it('still says which method an address takes', async () => {
    const wrong = await get('/v1/sign-in').expect(405);
    expect([wrong.headers['allow'], wrong.body.code]).toEqual(['POST', 'method_not_allowed']);
    await request(api.url).post('/v1/me').expect(405);
    expect((await request(api.url).post('/communities').send({})).status).toBe(404);
  });
});

describe('an api without the web app', () => {
  it('works, says so once and answers its pages with a problem', async () => {
    const alone = await startApi({ settings: { WEB_FOLDER: '/nowhere/dist' } });
    try {
      expect(alone.log().match(/no web app is built here/g)).toHaveLength(1);
      for (const path of ['/', '/c/x', '/assets/main-1.js', '/s/x']) {
        const { body } = await request(alone.url).get(path).set('accept', 'text/html').expect(404);
        expect(body.code).toBe('not_found');
      }
      await request(alone.url).get('/v1/campaigns').expect(200);
      await request(alone.url).get('/v1/sign-in').expect(405);
    } finally {
      await alone.stop();
    }
  });
});
