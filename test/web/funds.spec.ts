import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@hehuo/testing';
import type { Page } from 'playwright-core';
import { asked, axeFindings, RESIDENT, WebWorld } from './web-world.js';

const benches = '修好中庭的三张长椅';
const flowers = '楼下共享花架';
const bookedSeconds = 60;
const testMs = 240_000;
const onPhone = { viewport: { width: 360, height: 780 } };

let world: WebWorld;
beforeAll(async () => {
  world = await new WebWorld().start();
  await world.takesByHand(flowers);
}, 180_000);
/** What a walk gets refused on purpose; the browser complains of that, too. */
let refusals: string[] = [];
afterEach(async () => {
  const wanted = refusals.splice(0);
  const complaints = await world.complaints();
  expect(complaints.filter((one) => !wanted.some((part) => one.includes(part)))).toEqual([]);
});
afterAll(() => world?.stop());

interface Listed {
  readonly items: readonly Readonly<Record<string, string>>[];
}

async function campaignId(page: Page, title: string): Promise<string> {
  const { items } = await asked<Listed>(page, 'GET', '/v1/campaigns?limit=100');
  return items.find((one) => one['title'] === title)!['id']!;
}

async function open(page: Page, path: string, heading: string): Promise<void> {
  await page.goto(`${world.url}${path}`);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

/** Presses an act and says yes in its sheet. */
async function act(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
  await page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

const csv = (...lines: readonly string[]) => ({
  ...{ name: 'bank.csv', mimeType: 'text/csv' },
  buffer: Buffer.from(['日期,收入,支出,对方户名,附言,流水号', ...lines, ''].join('\n')),
});

describe('money that came by hand', () => {
  it(
    'is entered by one with a photo, confirmed by another, and stands in the public book',
    async () => {
      const page = await world.desk('demo.staff');
      await open(page, '/console/funds/receipts', '手工收款');
      await page.getByRole('link', { name: '登记一笔收款' }).click();
      await page.getByRole('heading', { level: 1, name: '登记一笔收款' }).waitFor();
      await page.getByRole('button', { name: '登记', exact: true }).click();
      await page.getByText('请选谁的钱').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByLabel('哪一个众筹').selectOption({ label: flowers });
      const pledges = page.getByLabel('谁的钱');
      await until('the pledges are there', 30, async () => (await pledges.locator('option').count()) > 1);
      await pledges.selectOption({ index: 1 });
      await page.getByLabel('收到多少').fill('100');
      await page.getByLabel('收据号码').fill('YS-0001');
      await page.getByLabel('什么时候收的').fill('2026-11-24T10:00');
      await page.getByLabel('收据的照片').setInputFiles({
        ...{ name: 'slip.jpg', mimeType: 'image/jpeg' },
        buffer: await page.screenshot({ type: 'jpeg' }),
      });
      await page.getByText('传好了。').waitFor();
      await page.getByLabel('凭据放在哪里').fill('社区铁皮柜第二格');
      await page.getByRole('button', { name: '登记', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: '手工收款' }).waitFor();
      await page.getByText('您登记的，等另一位确认').waitFor();
      expect(await page.getByRole('button', { name: '确认收到' }).count()).toBe(0);
      expect(await axeFindings(page)).toEqual([]);

      const id = await campaignId(page, flowers);
      const reader = await world.page();
      await world.enter(reader);
      const book = () => asked<Listed>(reader, 'GET', `/v1/campaigns/${id}/book`);
      expect((await book()).items).toEqual([]);

      const colleague = await world.desk('demo.staff2');
      await open(colleague, '/console/funds/receipts', '手工收款');
      await colleague.getByRole('link', { name: '照片 1' }).waitFor();
      await act(colleague, '确认收到');
      await colleague.getByText('没有等着确认的收款。').waitFor();
      await until('the money is in the book', bookedSeconds, async () => (await book()).items.length > 0);
      await reader.goto(`${world.url}/c/${id}/book`);
      await reader.locator('main').getByText('+¥100').first().waitFor();
    },
    testMs,
  );
});

describe('a statement of the bank', () => {
  it(
    'with wrong lines names each and changes nothing; a good one is read, and a line becomes a receipt',
    async () => {
      const page = await world.desk('demo.staff');
      await open(page, '/console/funds/bank', '银行流水');
      const file = page.getByLabel('银行导出的 CSV');
      const send = page.getByRole('button', { name: '导入', exact: true });
      refusals = ['/bank-statements', 'status of 422'];
      await file.setInputFiles(csv('2026-11-25,abc,,周二,众筹,W1', '不是日期,10.00,,周二,众筹,W2'));
      await send.click();
      await page.getByText(/^第 2 行：/).waitFor();
      await page.getByText(/^第 3 行：/).waitFor();
      await page.getByRole('radio', { name: '没对上的' }).check();
      await page.getByText('这里没有流水。').waitFor();

      await file.setInputFiles(csv('2026-11-25,77.70,,周二,买菜的钱,W3'));
      await send.click();
      await page.getByText('1 行里有 1 笔收入：新的 1 笔，以前导过的 0 笔。').waitFor();
      await page.getByRole('cell', { name: '¥77.70' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: '不是众筹的钱', exact: true }).click();
      await page.getByLabel('为什么').fill('食堂的饭钱');
      const sheet = page.getByRole('dialog');
      await sheet.getByRole('button', { name: '不是众筹的钱', exact: true }).click();
      await page.getByText('这里没有流水。').waitFor();
      await page.getByRole('radio', { name: '不是众筹的钱' }).check();
      await page.getByText('食堂的饭钱').waitFor();
    },
    testMs,
  );
});

describe('a payee', () => {
  it(
    'is held for days, and counts when a second person has typed the account again',
    async () => {
      const page = await world.desk('demo.staff');
      const id = await campaignId(page, benches);
      await open(page, `/console/funds/c/${id}`, '众筹的付款');
      await page.getByRole('button', { name: '登记收款方' }).click();
      const sheet = page.getByRole('dialog');
      await sheet.getByLabel('是谁').selectOption('supplier');
      await sheet.getByLabel('户名').fill('青羊区某木器店');
      await sheet.getByLabel('开户行').fill('某银行成都支行');
      await sheet.getByLabel('账号').fill('6222000011112222');
      await sheet.getByRole('button', { name: '登记收款方' }).click();
      await page.getByText('等另一位核对账号').waitFor();
      expect(await page.getByRole('button', { name: '核对账号' }).count()).toBe(0);
      expect(await page.locator('main').innerText()).not.toContain('6222000011112222');
      expect(await axeFindings(page)).toEqual([]);

      const colleague = await world.desk('demo.staff2');
      await open(colleague, `/console/funds/c/${id}`, '众筹的付款');
      await colleague.getByRole('button', { name: '核对账号' }).click();
      await colleague.getByRole('dialog').getByLabel('账号').fill('6222 0000 1111 2222');
      await colleague.getByRole('dialog').getByRole('button', { name: '核对账号' }).click();
      await colleague.getByText('核对过了').waitFor();
      await colleague.getByText(/以后$/).first().waitFor();
    },
    testMs,
  );
});

describe('a role over money', () => {
  it(
    'that one admin proposes counts when another has confirmed it',
    async () => {
      const auditor = await world.desk('demo.auditor');
      const { id } = await asked<{ id: string }>(auditor, 'GET', '/v1/me');
      const page = await world.desk('demo.admin');
      await world.enter(page);
      await open(page, '/console/platform/roles', '岗位');
      await page.getByRole('button', { name: '给人岗位' }).click();
      const sheet = page.getByRole('dialog');
      await sheet.getByLabel('谁').fill(id);
      await sheet.getByLabel('岗位').selectOption('fund_approver');
      await sheet.getByLabel('在哪里').selectOption('here');
      await sheet.getByRole('button', { name: '给人岗位' }).click();
      await sheet.waitFor({ state: 'detached' });
      await page.getByRole('radio', { name: '等确认' }).check();
      await page.getByText('您提名的，等另一位管理员确认').waitFor();
      expect(await page.getByRole('button', { name: '确认岗位' }).count()).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      const held = () => asked<Listed>(page, 'GET', '/v1/role-grants?state=active&limit=100');
      const holds = async () =>
        (await held()).items.some((one) => one['personId'] === id && one['role'] === 'fund_approver');
      expect(await holds()).toBe(false);

      const other = await world.desk('demo.admin2');
      await world.enter(other);
      await open(other, '/console/platform/roles', '岗位');
      await other.getByRole('radio', { name: '等确认' }).check();
      await act(other, '确认岗位');
      await other.getByText('没有等着确认的岗位。').waitFor();
      expect(await holds()).toBe(true);
    },
    testMs,
  );
});

describe('the money desk', () => {
  const pages = [
    ['/console/funds', '付款'],
    ['/console/funds/receipts', '手工收款'],
    ['/console/funds/bank', '银行流水'],
    ['/console/funds/refunds', '退款'],
    ['/console/funds/bills', '对账'],
    ['/console/funds/differences', '对不上的地方'],
    ['/console/funds/custody', '托管账户'],
    ['/console/funds/pools', '配捐资金池'],
  ] as const;

  it(
    'is read by a fund approver on a phone without moving it sideways',
    async () => {
      const page = await world.desk('demo.funds', onPhone);
      for (const [path, heading] of pages) {
        await open(page, path, heading);
        await page.locator('main [role=status]').waitFor({ state: 'detached' });
        expect(await axeFindings(page)).toEqual([]);
        expect(
          await page.evaluate<number>('Math.max(0, document.documentElement.scrollWidth - innerWidth)'),
        ).toBe(0);
      }
    },
    testMs,
  );

  it(
    'is nobody else’s: a neighbour who follows a link is told kindly',
    async () => {
      const page = await world.as(RESIDENT);
      await open(page, '/console/funds', '付款');
      await page.getByText(/您的账号还没有这个岗位/).waitFor();
      expect(await axeFindings(page)).toEqual([]);
    },
    testMs,
  );
});
