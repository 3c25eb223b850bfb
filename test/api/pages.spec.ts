import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hehuo/kernel';
import { SystemClock } from '@hehuo/platform';
import request from 'supertest';
import { PAGE_PATHS } from '../../apps/api/src/pages/app-pages.js';
import { startApi, type TestApi } from '../support/api.js';
import { openCampaign, type OpenCampaign } from '../support/open-campaign.js';
import { signedIn } from '../support/signed-in.js';
import { webFolder, type WebFolder } from '../support/web-folder.js';

const PUBLIC_URL = 'https://hehuo.example';
const HOSTILE = `</script><b>'x' & "$&" $1`;
const HOSTILE_LEAD = '<!--DATA--></script><script>alert(1)</script>\u2028';
let folder: WebFolder;
let api: TestApi;
let campaign: OpenCampaign;

beforeAll(async () => {
  folder = webFolder();
  api = await startApi({ settings: { PUBLIC_URL, WEB_FOLDER: folder.path } });
  campaign = await aCampaign();
});
afterAll(async () => {
  await api.stop();
  folder.remove();
});

const aCampaign = (): Promise<OpenCampaign> =>
  openCampaign(api.testDatabase.database, {
    asks: [
      { kind: 'money', minimum: 120_050n, cap: 120_050n },
      { kind: 'labour', minimum: 480n },
    ],
  });
const change = (id: string, column: 'title' | 'lead_text' | 'state', value: string) =>
  api.testDatabase.database.change(`UPDATE campaign SET ${column} = ? WHERE id = ?`, [value, id]);
const get = (path: string, headers: Record<string, string> = {}): request.Test =>
  request(api.url)
    .get(path)
    .set({ accept: 'text/html', ...headers });
const dataOf = (html: string): unknown => {
  const json = /<script type="application\/json" id="__DATA__">(.*?)<\/script>/s.exec(html)?.[1];
  return json === undefined ? null : JSON.parse(json);
};
const metaOf = (html: string, name: string): string | undefined =>
  new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)">`).exec(html)?.[1];

describe('the page of a campaign', () => {
  it('says what it is about, in a head that can be passed on', async () => {
    const path = `/c/${campaign.campaignId}`;
    const { text, headers } = await get(path).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-language': 'zh-CN',
      vary: 'Accept-Language',
    });
    expect(text).toContain('<html lang="zh-CN">');
    expect(text).toContain('<title>修长椅 · 合伙</title>');
    expect(text).toContain(`<link rel="canonical" href="${PUBLIC_URL}${path}">`);
    expect(metaOf(text, 'og:title')).toBe('修长椅');
    expect(metaOf(text, 'og:description')).toContain('香樟树下的长椅坏了');
    expect(metaOf(text, 'og:url')).toBe(PUBLIC_URL + path);
    expect(metaOf(text, 'og:image')).toBe(`${PUBLIC_URL}/og${path}.jpg`);
    expect([metaOf(text, 'og:image:width'), metaOf(text, 'og:image:height')]).toEqual(['1200', '630']);
    expect(metaOf(text, 'twitter:card')).toBe('summary_large_image');
  });

  it('holds the answer of the api to a stranger, whoever asks', async () => {
    const { campaignId, organiserId } = campaign;
    const publicView = await request(api.url).get(`/v1/campaigns/${campaignId}`).expect(200);
    const tokens = await signedIn(api.testDatabase.database, [organiserId]);
    const authorization = `Bearer ${tokens.get(organiserId)!}`;
    const own = await request(api.url).get(`/v1/campaigns/${campaignId}`).set({ authorization }).expect(200);
    expect(own.body).not.toEqual(publicView.body);
    expect(dataOf((await get(`/c/${campaignId}`)).text)).toEqual(publicView.body);
    const cookie = `__Host-hehuo_session=${tokens.get(organiserId)!}`;
    for (const headers of [{ authorization }, { cookie }]) {
      expect(dataOf((await get(`/c/${campaignId}`, headers)).text)).toEqual(publicView.body);
    }
  });

  it('can be read without scripts: what is asked, how far it is, until when and by which rules', async () => {
    const { text } = await get(`/c/${campaign.campaignId}`).expect(200);
    const { body } = await request(api.url).get(`/v1/campaigns/${campaign.campaignId}`);
    const [, readable = ''] = /<div id="app"><main>(.*)<\/main><\/div>/s.exec(text) ?? [];
    for (const fact of [
      ...['<h1>修长椅</h1>', '香樟树下的长椅坏了', '¥0 / ¥1200.50', '0 小时 / 8 小时', '0 户人家'],
      `截止 ${String(body.deadline.local).slice(0, 16).replace('T', ' ')} (Asia/Shanghai)`,
      ...[body.money.legalTypeWords['zh-CN'], body.money.basis, body.policies.failure.words['zh-CN']],
    ]) {
      expect(readable).toContain(fact);
    }
  });

  it.each([
    ['by header', '', { 'accept-language': 'en-GB' }],
    ['by address', '?lang=en', { 'accept-language': 'zh-CN' }],
  ])('speaks English when asked %s', async (_name, search, headers) => {
    const { text } = await get(`/c/${campaign.campaignId}${search}`, headers).expect(200);
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('What is missing');
    expect(metaOf(text, 'og:url')).toBe(`${PUBLIC_URL}/c/${campaign.campaignId}`);
  });

  it('asks for its scripts ahead, with all that they import, each once', async () => {
    const { text } = await get(`/c/${campaign.campaignId}/log`).expect(200);
    const ahead = [...text.matchAll(/<link rel="modulepreload" href="([^"]+)">/g)].map(([, href]) => href);
    expect(ahead).toEqual(['/assets/campaign-2.js', '/assets/shared-3.js', '/assets/clock-4.js']);
  });

  it('writes what people typed as text, wherever it stands', async () => {
    const { campaignId } = await aCampaign();
    await change(campaignId, 'title', HOSTILE);
    await change(campaignId, 'lead_text', HOSTILE_LEAD);
    const { text } = await get(`/c/${campaignId}`).expect(200);
    const title = '&lt;/script&gt;&lt;b&gt;&#39;x&#39; &amp; &quot;$&amp;&quot; $1';
    const lead = '&lt;!--DATA--&gt;&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;\u2028';
    expect(text).toContain(`<title>${title} · 合伙</title>`);
    expect(metaOf(text, 'og:title')).toBe(title);
    expect(metaOf(text, 'og:description')).toContain(lead);
    expect(text).toContain(`<h1>${title}</h1><p>${lead}</p>`);
    expect(dataOf(text)).toMatchObject({ id: campaignId, title: HOSTILE, lead: HOSTILE_LEAD });
    // The app's own and the block of data.
    expect(text.match(/<script/g)).toHaveLength(2);
    expect(text).not.toContain('<!--');
  });

  it('never passes on a text that reads like an appeal for donations', async () => {
    const { campaignId } = await aCampaign();
    await change(campaignId, 'title', '为楼道捐款');
    await change(campaignId, 'lead_text', '请捐款');
    const { text } = await get(`/c/${campaignId}`).expect(200);
    const cards = [...text.matchAll(/<meta property="og:[^>]+>/g)].join('');
    expect(cards).toContain('邻居一起把缺的事办成');
    expect(cards).not.toContain('捐款');
    expect(text).toContain('<h1>为楼道捐款</h1>');
  });

  it.each(['draft', 'in_review'])('tells nothing of one that is %s', async (state) => {
    const { campaignId } = await aCampaign();
    await change(campaignId, 'title', '还没有公开的事');
    await change(campaignId, 'state', state);
    const [hidden, missing] = [
      await get(`/c/${campaignId}`).expect(404),
      await get(`/c/${newId('cmp', 0)}`).expect(404),
    ];
    expect(hidden.text.replaceAll(campaignId, '')).toBe(missing.text.replace(/cmp_\w+/g, ''));
    expect(hidden.text).toContain('<title>邻居一起把缺的事办成 · 合伙</title>');
    expect(hidden.text).not.toContain('还没有公开的事');
    expect([dataOf(hidden.text), metaOf(hidden.text, 'og:image')]).toEqual([null, undefined]);
  });
});

describe('other pages', () => {
  it('hold the newest campaigns at home, with links', async () => {
    const { text } = await get('/').expect(200);
    expect(text).toContain(`<li><a href="/c/${campaign.campaignId}">修长椅</a>`);
  });

  it('hold the community', async () => {
    const path = `/communities/${campaign.communityId}`;
    const { text } = await get(path).expect(200);
    const { body } = await request(api.url).get(`/v1${path}`).expect(200);
    expect(dataOf(text)).toEqual(body);
    expect(text).toContain(`<title>${String(body.name)} · 合伙</title>`);
    expect(text).toContain(`href="/c/${campaign.campaignId}"`);
    await get(`/communities/${newId('com', 0)}`).expect(404);
  });

  it('hold a partner that is verified, and no other', async () => {
    const id = newId('ptn', new SystemClock().now().getTime());
    await api.testDatabase.database.change(
      `INSERT INTO partner (id, kind, name, legal_status, about, state, applied_by)
       VALUES (?, 'social_organisation', '邻里互助会', 'registered', '修修 <补补>', 'verified', ?)`,
      [id, campaign.organiserId],
    );
    const { text } = await get(`/partners/${id}`).expect(200);
    expect(dataOf(text)).toEqual((await request(api.url).get(`/v1/partners/${id}`).expect(200)).body);
    expect(text).toContain('<h1>邻里互助会</h1><p>修修 &lt;补补&gt;</p>');
    await api.testDatabase.database.change(`UPDATE partner SET state = 'applied' WHERE id = ?`, [id]);
    const hidden = await get(`/partners/${id}`).expect(404);
    expect(hidden.text).not.toContain('邻里互助会');
  });

  it('are there for every address of the app, and none holds anything private', async () => {
    const plain = PAGE_PATHS.filter((path) => !path.includes(':id'));
    expect(plain).toEqual(expect.arrayContaining(['/login', '/me/*', '/start/*', '/needs/*', '/book/*']));
    for (const path of plain) {
      const { text } = await get(path.replace('*', 'some/where')).expect(200);
      expect(dataOf(text)).toBeNull();
    }
  });

  it('that do not exist are the same app with 404, and a problem for programs', async () => {
    const page = await get('/no/such/page').expect(404);
    expect(page.text).toContain('<div id="app"><main><h1>邻居一起把缺的事办成</h1>');
    const problem = await get('/no/such/page', { accept: 'application/json' }).expect(404);
    expect(problem.headers['content-type']).toContain('application/problem+json');
    expect(problem.body).toMatchObject({ code: 'not_found' });
  });

  it('answer HEAD like GET, without the page', async () => {
    for (const path of ['/', `/c/${campaign.campaignId}`, '/assets/main-1.js', '/sw.js']) {
      const [head, full] = [await request(api.url).head(path).expect(200), await get(path).expect(200)];
      expect(head.text ?? '').toBe('');
      expect(head.headers['content-type']).toBe(full.headers['content-type']);
      expect(head.headers['cache-control']).toBe(full.headers['cache-control']);
    }
    await request(api.url).head('/no/such/page').set('accept', 'text/html').expect(404);
  });

  it('let no script in but those of the site', async () => {
    const policy = (await get('/').expect(200)).headers['content-security-policy'];
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("img-src 'self' data: blob:;");
    expect(policy).toContain("worker-src 'self'");
    expect(policy).not.toContain('unsafe');
  });
});

describe('a short address', () => {
  const short = (id: string): string => `/s/${id.slice('cmp_'.length)}`;

  it('leads to the campaign', async () => {
    const { headers } = await get(short(campaign.campaignId)).expect(302);
    expect(headers['location']).toBe(`/c/${campaign.campaignId}`);
  });

  it('leads nowhere when nothing public is behind it', async () => {
    const { campaignId } = await aCampaign();
    await change(campaignId, 'state', 'draft');
    for (const path of [short(campaignId), short(newId('cmp', 0)), '/s/x', '/s/', `${short(campaignId)}/x`]) {
      expect((await get(path).expect(404)).text).toContain('<div id="app">');
    }
  });
});
