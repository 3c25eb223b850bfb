import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@hehuo/testing';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { OpenCampaign } from '../support/open-campaign.js';
import { openBrowser, watchedPage, type Watched } from './browser.js';
import { PayWorld, type Payable } from './pay-world.js';

/** An order needs half a minute at least; the rest is for a busy machine. The other walks are made meanwhile. */
const expiresInSeconds = 38;
const patienceSeconds = 20;
const payers = 6;
/** Runs in the page. */
const outline = 'getComputedStyle(document.activeElement).outlineStyle';

let world: PayWorld;
let browser: Browser;
let campaign: OpenCampaign;
let forgotten: Payable;
let forgottenTab: Watched;
let payer = 0;
const open: Watched[] = [];

beforeAll(async () => {
  [world, browser] = await Promise.all([new PayWorld().start(), openBrowser()]);
  campaign = await world.campaign(payers, 3_600);
  const ending = await world.campaign(1, expiresInSeconds);
  forgotten = await world.promise(ending, ending.people[0]!);
  forgottenTab = await tab(forgotten);
}, 120_000);
afterEach(async () => {
  for (const watched of open.splice(0)) {
    expect(watched.complaints).toEqual([]);
    await watched.close();
  }
  expect(await world.breaches()).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

/** A promise of somebody who has made none yet. */
function nextPayable(): Promise<Payable> {
  payer += 1;
  return world.promise(campaign, campaign.people[payer - 1]!);
}

async function tab(payable: Payable, options?: BrowserContextOptions): Promise<Watched> {
  const watched = await watchedPage(browser, world.sandboxUrl, options);
  await watched.page.goto(payable.url);
  return watched;
}

/** The page of a payment in a tab that has to stay without any complaint. */
async function visit(payable: Payable, options?: BrowserContextOptions): Promise<Page> {
  const watched = await tab(payable, options);
  open.push(watched);
  return watched.page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent();
const becomes = (payable: Payable, status: string) =>
  until(`it is ${status}`, patienceSeconds, async () => (await world.status(payable)) === status);

/** Told by the gateway, booked by the worker, held for its pledge. */
async function expectPaidOnce(payable: Payable): Promise<void> {
  await becomes(payable, 'paid');
  expect([await world.pledgeState(payable), await world.paidFen(payable)]).toEqual(['held', '10000']);
  const { theirs, ours } = await world.bothBooks();
  expect(ours).toBe(theirs);
}

describe('the page to pay on, in a browser', () => {
  it('says what is paid, takes the money, and the payment turns from to_pay into paid', async () => {
    const payable = await nextPayable();
    expect(await world.status(payable)).toBe('to_pay');
    const page = await visit(payable);
    expect(await heading(page)).toBe('确认付款');
    const words = await page.getByRole('main').innerText();
    for (const word of ['¥100.00', '修长椅', payable.number]) expect(words).toContain(word);
    await button(page, '付款').click();
    expect(await heading(page)).toBe('付款成功');
    expect(await page.getByRole('status').innerText()).not.toBe('');
    const back = page.getByRole('link', { name: '返回' });
    expect(await back.getAttribute('href')).toBe(`${world.publicUrl}/pay/${payable.pledgeId}`);
    expect(await page.getByRole('button').count()).toBe(0);
    await expectPaidOnce(payable);
  });

  it('lets the payer step back without a trace, come again and pay', async () => {
    const payable = await nextPayable();
    const page = await visit(payable);
    await button(page, '取消').click();
    expect(await heading(page)).toBe('您已取消付款');
    expect([await world.status(payable), await world.paidFen(payable)]).toEqual(['to_pay', '0']);
    await page.getByRole('link', { name: '继续付款' }).click();
    await button(page, '付款').click();
    expect(await heading(page)).toBe('付款成功');
    await expectPaidOnce(payable);
  });

  it('takes the money once from a payer who pays in two tabs and reloads', async () => {
    const payable = await nextPayable();
    const [first, second] = [await visit(payable), await visit(payable)];
    await Promise.all([button(first, '付款').click(), button(second, '付款').click()]);
    expect([await heading(first), await heading(second)]).toEqual(['付款成功', '付款成功']);
    await first.reload();
    await second.goBack();
    expect(await heading(first)).toBe('付款成功');
    await expectPaidOnce(payable);
  });

  it('works without JavaScript, in English', async () => {
    const payable = await nextPayable();
    const page = await visit(payable, { javaScriptEnabled: false });
    await page.getByRole('link', { name: 'English' }).click();
    await button(page, 'Pay').click();
    expect(await heading(page)).toBe('Payment received');
    await expectPaidOnce(payable);
  });

  it('works with the keyboard alone, and shows where one is', async () => {
    const payable = await nextPayable();
    const page = await visit(payable);
    const focused = page.locator(':focus');
    const passed: string[] = [];
    for (const key of ['Tab', 'Tab', 'Tab', 'Shift+Tab']) {
      await page.keyboard.press(key);
      passed.push(await focused.innerText());
      expect(await page.evaluate(outline)).toBe('solid');
    }
    expect(passed).toEqual(['English', '付款', '取消', '付款']);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.has('lang'));
    expect(await heading(page)).toBe('付款成功');
    await expectPaidOnce(payable);
  });

  it('takes nothing once its time is over, and says so to a tab that was left open', async () => {
    const { page, complaints } = forgottenTab;
    expect([await heading(page), complaints]).toEqual(['确认付款', []]);
    await becomes(forgotten, 'not_paid');
    await button(page, '付款').click();
    expect(await heading(page)).toBe('订单已关闭');
    // The refusal is the one answer that a browser reports, in its console too.
    expect(complaints.filter((text) => !text.includes('409'))).toEqual([]);
    complaints.splice(0);
    await page.goto(forgotten.url);
    expect([await heading(page), await page.getByRole('button').count()]).toEqual(['订单已关闭', 0]);
    expect(complaints).toEqual([]);
    expect([await world.paidFen(forgotten), await world.status(forgotten)]).toEqual(['0', 'not_paid']);
    expect(await world.bothBooks()).toMatchObject({ theirs: '50000', ours: '50000' });
    await forgottenTab.close();
  }, 90_000);
});
