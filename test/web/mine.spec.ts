import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@hehuo/testing';
import type { Page } from 'playwright-core';
import { asked, axeFindings, RESIDENT, WebWorld } from './web-world.js';

const ORGANISER = '15400000001';
const testMs = 180_000;
/** The platform sends a phone one code a minute. */
const codeEverySeconds = 60;
const name = '赵小满';

interface Me {
  readonly maskedName: string;
  readonly consents: readonly string[];
}

let world: WebWorld;
let residentCameAt = 0;
beforeAll(async () => {
  world = await new WebWorld().start();
}, 180_000);
afterEach(async () => {
  expect(await world.complaints()).toEqual([]);
});
afterAll(() => world?.stop());

async function open(page: Page, path: string, heading: string): Promise<void> {
  await page.goto(`${world.url}${path}`);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

/** Whoever goes on before the answer is there has not signed in. */
async function signIn(page: Page, phone: string): Promise<void> {
  await open(page, '/login', '登录');
  await world.signIn(page, phone);
  await page.waitForURL((url) => url.pathname === '/');
}

const me = (page: Page): Promise<Me> => asked<Me>(page, 'GET', '/v1/me');

/** What went wrong on the pages but for answers of this status, which the walk wants to see. */
const complaintsBut = async (status: number): Promise<string[]> =>
  (await world.complaints()).filter((complaint) => !complaint.includes(String(status)));

describe('a resident', () => {
  it(
    'gives another name, and it is there after a reload',
    async () => {
      const page = await world.as(RESIDENT);
      residentCameAt = performance.now();
      await open(page, '/me/profile', '名字和生日');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('请填名字').waitFor();
      await page.getByLabel('改名字').fill(name);
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('存好了。').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await open(page, '/me', '我的');
      await page.reload();
      await page.getByText('赵**').waitFor();
      expect((await me(page)).maskedName).toBe('赵**');
      expect(await axeFindings(page)).toEqual([]);
    },
    testMs,
  );

  it(
    'agrees to something and takes it back',
    async () => {
      const page = await world.as(RESIDENT);
      await open(page, '/me/consents', '我同意过的');
      const card = page.getByRole('listitem').filter({ hasText: '公开时显示我的全名' }).first();
      await card.getByRole('button', { name: '我同意' }).click();
      await card.getByRole('button', { name: '撤回' }).waitFor();
      expect((await me(page)).consents).toContain('publish_name');
      expect(await axeFindings(page)).toEqual([]);
      await card.getByRole('button', { name: '撤回' }).click();
      const sheet = page.getByRole('dialog');
      await sheet.getByText('公开的地方马上改回').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await sheet.getByRole('button', { name: '撤回' }).click();
      await card.getByRole('button', { name: '我同意' }).waitFor();
      await page.getByText('撤回过的').click();
      expect((await me(page)).consents).not.toContain('publish_name');
    },
    testMs,
  );

  it(
    'takes along everything that is held on them',
    async () => {
      const page = await world.as(RESIDENT);
      await open(page, '/me/data', '我的资料');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: '下载' }).click(),
      ]);
      await page.getByText('下载好了。').waitFor();
      expect(download.suggestedFilename()).toBe('hehuo-my-data.json');
      const { data } = JSON.parse(await readFile(await download.path(), 'utf8'));
      expect(data.account).toMatchObject({ name, phone: expect.stringContaining(RESIDENT) });
      expect(await axeFindings(page)).toEqual([]);
    },
    testMs,
  );

  it(
    'signs out a second browser from the first',
    async () => {
      const page = await world.as(RESIDENT);
      await until('another code may be sent', codeEverySeconds + 5, async () => {
        return performance.now() - residentCameAt > codeEverySeconds * 1000;
      });
      const second = await world.page();
      await signIn(second, RESIDENT);
      await open(second, '/me', '我的');
      await second.getByText('赵**').waitFor();
      await open(page, '/me/sessions', '登录的设备');
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: '除了这台，全部退出' }).click();
      await page.getByText('退出了 1 台设备。').waitFor();
      await second.reload();
      await second.getByText('登录以后才看得到。').waitFor();
      await page.reload();
      await page.getByText('这台', { exact: true }).waitFor();
      expect(await page.getByRole('main').getByRole('listitem').count()).toBe(1);
      expect(await complaintsBut(401)).toEqual([]);
    },
    testMs,
  );
});

describe('closing the account', () => {
  it(
    'takes away the account of a neighbour who owes nothing',
    async () => {
      const page = await world.page();
      await signIn(page, '13900000088');
      await open(page, '/me/close', '注销账号');
      await page.getByRole('button', { name: '注销账号' }).click();
      await page.getByText('想好了，请先勾上这一条').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('checkbox', { name: '我明白' }).check();
      await page.getByRole('button', { name: '注销账号' }).click();
      await page.getByRole('heading', { level: 1, name: '账号注销了' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await open(page, '/me', '我的');
      await page.getByText('登录以后才看得到。').waitFor();
      expect(await page.context().cookies()).toEqual([]);
    },
    testMs,
  );

  it(
    'says what has to be finished first, and leads there',
    async () => {
      const page = await world.as(ORGANISER);
      await open(page, '/me/close', '注销账号');
      await page.getByRole('checkbox', { name: '我明白' }).check();
      await page.getByRole('button', { name: '注销账号' }).click();
      const refusal = page.getByRole('alert');
      await refusal.getByText('还有未了结的事项').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await refusal.getByRole('link', { name: '您发起的事还没办完' }).first().click();
      await page.waitForURL(/\/c\/cmp_/);
      expect(await complaintsBut(409)).toEqual([]);
    },
    testMs,
  );
});

describe('a partner', () => {
  it(
    'applies with a document, is verified by staff, and stands in the public list; its owner lets somebody in',
    async () => {
      const team = '院坝修补队';
      const owner = await world.as('13900000077');
      await open(owner, '/me/partner', '我的组织');
      expect(await axeFindings(owner)).toEqual([]);
      await owner.getByRole('link', { name: '申请当合伙人' }).click();
      await owner.getByRole('heading', { level: 1, name: '申请当合伙人' }).waitFor();
      await owner.getByLabel('名称').fill(team);
      await owner.getByLabel('能为社区做什么').fill('修门、修灯、修水管。');
      await owner.getByLabel('社区证明').fill('社区证明 2026-11');
      expect(await axeFindings(owner)).toEqual([]);
      await owner.getByRole('button', { name: '交给社区核实' }).click();
      await owner.getByText('申请交上去了。').waitFor();
      await owner.getByText('社区证明 2026-11').waitFor();
      expect(await axeFindings(owner)).toEqual([]);

      const visitor = await world.page();
      await open(visitor, '/partners', '社会组织和合伙人');
      await visitor.getByText('演示社区服务队').waitFor();
      expect(await visitor.getByText(team).count()).toBe(0);

      const staff = await world.desk('demo.staff');
      await open(staff, '/console/partners', '合伙人');
      await staff.getByRole('link', { name: team }).waitFor();
      expect(await axeFindings(staff)).toEqual([]);
      await staff.getByRole('link', { name: team }).click();
      await staff.getByText('社区证明 2026-11').waitFor();
      expect(await axeFindings(staff)).toEqual([]);
      await staff.getByRole('button', { name: '核实通过' }).click();
      await staff.getByRole('dialog').getByRole('button', { name: '核实通过' }).click();
      await staff.getByRole('button', { name: '暂停' }).waitFor();

      await visitor.reload();
      await visitor.getByRole('link', { name: team }).click();
      await visitor.getByRole('heading', { level: 1, name: team }).waitFor();
      await visitor.getByText('已核实').waitFor();

      const resident = await world.as(RESIDENT);
      const { id } = await asked<{ id: string }>(resident, 'GET', '/v1/me');
      await owner.getByRole('button', { name: '加一个人' }).click();
      await owner.getByLabel('他的编号').fill(id);
      await owner.getByRole('button', { name: '加上', exact: true }).click();
      await owner.getByRole('button', { name: '请 赵** 退出' }).waitFor();
      await open(resident, '/me/partner', '我的组织');
      await resident.getByRole('link', { name: team }).click();
      await resident.getByRole('heading', { level: 1, name: team }).waitFor();
      await resident.getByRole('button', { name: '我不代表它了' }).waitFor();
      expect(await resident.getByRole('button', { name: '加一个人' }).count()).toBe(0);
    },
    testMs,
  );
});
