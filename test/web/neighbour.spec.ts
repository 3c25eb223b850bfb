import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@hehuo/testing';
import type { Page } from 'playwright-core';
import { sidewaysPixels, smallestLetter } from './legible.js';
import { axeFindings, RESIDENT, WebWorld } from './web-world.js';

const campaignTitle = '楼下共享花架';
const patienceSeconds = 30;
const testMs = 180_000;

let world: WebWorld;
beforeAll(async () => {
  world = await new WebWorld().start();
}, 180_000);
afterEach(async () => {
  expect(await world.complaints()).toEqual([]);
});
afterAll(() => world?.stop());

async function openCampaign(page: Page): Promise<void> {
  await world.enter(page);
  await page.getByRole('link', { name: new RegExp(campaignTitle) }).click();
  await page.getByRole('heading', { level: 1, name: campaignTitle }).waitFor();
}

const households = async (page: Page): Promise<number> =>
  Number(await page.getByRole('progressbar', { name: '亮灯的户数' }).getAttribute('aria-valuenow'));

describe('a neighbour', () => {
  it(
    'chooses a community once, and the phone remembers it',
    async () => {
      const page = await world.page();
      await world.enter(page);
      await page.reload();
      await page.getByRole('heading', { level: 1, name: '身边在筹的事' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
    },
    testMs,
  );

  it(
    'chooses a time, signs in, says yes, and a window lights on the page of another neighbour',
    async () => {
      const [page, other] = [await world.page(), await world.page()];
      await openCampaign(other);
      await openCampaign(page);
      const before = await households(other);
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('link', { name: /筹劳.*我来/ }).click();
      await page.getByRole('radio').first().check();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: '说定了' }).click();
      await page.getByRole('heading', { level: 1, name: '登录' }).waitFor();
      await world.signIn(page, RESIDENT);
      // What was chosen before the sign-in is still there.
      await page.getByRole('button', { name: '说定了' }).waitFor();
      await until('the time is chosen', patienceSeconds, () => page.getByRole('radio').first().isChecked());
      await page.getByRole('button', { name: '说定了' }).click();
      await page.getByRole('heading', { level: 1, name: '说定了，您家的灯亮了' }).waitFor();
      await until(
        'the window is lit elsewhere',
        patienceSeconds,
        async () => (await households(other)) > before,
      );
      await page.getByRole('link', { name: '我答应的事' }).click();
      await page.getByRole('link', { name: campaignTitle }).waitFor();
      expect(await axeFindings(page)).toEqual([]);

      await page.getByRole('button', { name: '退出' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '退出' }).click();
      await page.getByText('您退出了').waitFor();
      await until(
        'the window is dark again',
        patienceSeconds,
        async () => (await households(other)) === before,
      );
    },
    testMs,
  );

  it(
    'is told what to mend, and nothing is sent',
    async () => {
      const page = await world.page();
      await openCampaign(page);
      await page.getByRole('link', { name: /筹资.*我来/ }).click();
      await page.getByLabel('或者自己填').fill('abc');
      await page.getByRole('button', { name: '认这一份' }).click();
      await page.getByText('请填钱数，最少 1 元').waitFor();
      expect(await page.getByLabel('或者自己填').getAttribute('aria-invalid')).toBe('true');
      expect(page.url()).toContain('/pledge/');
      expect(await axeFindings(page)).toEqual([]);
    },
    testMs,
  );

  it(
    'who reads large letters has them on every page, also after a reload',
    async () => {
      const page = await world.page({ viewport: { width: 360, height: 780 } });
      await openCampaign(page);
      await page.getByRole('button', { name: '大字版' }).click();
      await page.reload();
      await page.getByRole('heading', { level: 1, name: campaignTitle }).waitFor();
      expect(await smallestLetter(page)).toBeGreaterThanOrEqual(18);
      expect(await sidewaysPixels(page)).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
    },
    testMs,
  );

  it(
    'who reads English meets no Chinese but the texts that people wrote',
    async () => {
      const page = await world.page();
      await world.enter(page);
      await page.getByRole('button', { name: '切换语言' }).click();
      await page.getByRole('heading', { level: 1, name: 'Going on nearby' }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      const menu = await page.getByRole('navigation', { name: 'Main menu' }).innerText();
      expect(menu).not.toMatch(/[\u4e00-\u9fff]/);
      await page.goto(`${world.url}/help`);
      await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor();
      expect(await page.locator('main').innerText()).not.toMatch(/[\u4e00-\u9fff]/);
      expect(await axeFindings(page)).toEqual([]);
    },
    testMs,
  );
});

describe('a page', () => {
  it(
    'that was read once can be read again without a line, and nothing of a person stays behind',
    async () => {
      const page = await world.page();
      await openCampaign(page);
      await until('the app is kept on the phone', patienceSeconds, () => page.evaluate<boolean>(kept));
      await page.reload();
      await page.getByRole('heading', { level: 1, name: campaignTitle }).waitFor();
      await page.context().setOffline(true);
      await page.reload();
      await page.getByRole('heading', { level: 1, name: campaignTitle }).waitFor();
      await page.getByText('没有网络，看到的是上次打开时的内容。').waitFor();
      await page.getByText('还缺什么').waitFor();
      const reads = await page.evaluate<string[]>(keptReads);
      expect(reads).toContainEqual(expect.stringMatching(/^\/v1\/campaigns\/cmp_\w+$/));
      expect(reads.filter((path) => path.startsWith('/v1/me'))).toEqual([]);
    },
    testMs,
  );

  it(
    'tells its facts without scripts',
    async () => {
      const reader = await world.page();
      await openCampaign(reader);
      const page = await world.page({ javaScriptEnabled: false });
      await page.goto(reader.url());
      expect(await page.title()).toContain(campaignTitle);
      expect(await page.locator('main').innerText()).toContain('还缺什么');
      const description = page.locator('meta[property="og:description"]');
      expect(await description.getAttribute('content')).toContain('合伙演示社区');
    },
    testMs,
  );

  it(
    'of the book adds up and leads to its lines',
    async () => {
      const page = await world.page();
      await world.enter(page);
      await page.goto(`${world.url}/book`);
      await page.getByRole('heading', { level: 1, name: '账本' }).waitFor();
      await page.getByText('还在账上').waitFor();
      expect(await axeFindings(page)).toEqual([]);
    },
    testMs,
  );
});

/** Run in the page: whether the service worker has taken over, and the paths of the reads that it kept. */
const kept = 'navigator.serviceWorker.getRegistration().then((one) => one?.active?.state === "activated")';
const keptReads = `caches.open('public-reads').then((cache) => cache.keys())
  .then((requests) => requests.map(({ url }) => new URL(url).pathname))`;
