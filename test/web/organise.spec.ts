import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeFindings, RESIDENT, WebWorld } from './web-world.js';

const ORGANISER = '15400000001';
const STAFF = 'demo.staff';
const campaignTitle = '修好南门的路灯';
const objection = '灯正对着二楼的窗户，晚上睡不好。';
const answer = '灯罩朝下装，装好以后请您来看一眼。';
const testMs = 240_000;

let world: WebWorld;
let address = '';
beforeAll(async () => {
  world = await new WebWorld().start();
}, 240_000);
afterEach(async () => {
  expect(await world.complaints()).toEqual([]);
});
afterAll(() => world?.stop());

async function open(page: Page, path: string): Promise<Page> {
  await page.goto(`${world.url}${path}`);
  return page;
}

/** A day as a date field takes it. */
const inDays = (days: number): string =>
  new Date(performance.timeOrigin + days * 86_400_000).toISOString().slice(0, 10);

async function next(page: Page): Promise<void> {
  const here = page.url();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.waitForURL((url) => url.href !== here);
}

/** The six questions, answered in short; the deadline is far enough for the whole notice. */
async function write(page: Page): Promise<void> {
  await page.getByRole('button', { name: '开始写' }).click();
  await page.getByLabel('名字').fill(campaignTitle);
  await page.getByLabel('一句话说清楚').fill('南门晚上太暗');
  await page.getByLabel('为什么要办').fill('南门的灯坏了三盏，晚上回家看不清台阶。');
  await page.getByLabel('谁会用到').fill('走南门的每一户');
  await next(page);
  await page.getByLabel('具体在哪里').fill('南门进门左手边');
  await next(page);
  await page.getByRole('button', { name: '筹劳' }).click();
  await page.getByLabel('要什么').fill('扶梯子、递工具');
  await page.getByLabel('最少').fill('4');
  await page.getByLabel('最好有').fill('4');
  await page.getByLabel('哪天', { exact: true }).fill(inDays(31));
  await page.getByRole('checkbox', { name: /必须凑齐/ }).check();
  await next(page);
  await page.getByLabel('打算怎么做').fill('周六上午换灯。');
  await page.getByLabel('可能遇到什么麻烦，怎么办').fill('下雨就顺延。');
  await page.getByRole('button', { name: '加一步' }).click();
  await page.getByLabel('做完什么').fill('三盏灯都亮');
  await page.getByLabel('到哪一天').fill(inDays(45));
  await next(page);
  await next(page);
  await page.getByLabel('筹到什么时候').fill(`${inDays(25)}T20:00`);
  await next(page);
}

describe('an organiser', () => {
  it(
    'answers six questions, hands in, and is told what happens next',
    async () => {
      const page = await open(await world.as(ORGANISER), '/start');
      await write(page);
      await page.getByRole('button', { name: '交给社区看' }).click();
      await page.getByText('交上去了，社区看过以后会公示。').waitFor();
      address = `/c/${/cmp_\w+/.exec(page.url())?.[0]}`;
      await open(page, `${address}/manage`);
      await page.getByText('社区正在核实，您先不用做什么。').waitFor();
      expect(await axeFindings(page)).toEqual([]);
    },
    testMs,
  );

  it(
    'answers what a resident has against it, and everybody reads the answer',
    async () => {
      await approve(await world.desk(STAFF));
      const resident = await open(await world.as(RESIDENT), address);
      await resident.getByLabel('我有意见').fill(objection);
      await resident.getByRole('button', { name: '提出意见' }).click();
      await resident.getByText('等答复').waitFor();
      expect(await axeFindings(resident)).toEqual([]);

      const organiser = await open(await world.as(ORGANISER), address);
      await organiser.getByRole('link', { name: '管理这件事' }).click();
      await organiser.getByText('1 条意见等您答复。').waitFor();
      await organiser.getByLabel('答复这条意见').fill(answer);
      expect(await axeFindings(organiser)).toEqual([]);
      await organiser.getByRole('button', { name: '答复', exact: true }).click();
      await organiser.getByText('没有意见，到时候自动开始。').waitFor();

      // It comes to who waits for it by itself, and to visitors as well.
      await resident.getByText(answer).waitFor();
      const visitor = await open(await world.page(), address);
      await visitor.getByText(answer).waitFor();
      expect(await visitor.getByLabel('我有意见').count()).toBe(0);
    },
    testMs,
  );

  it(
    'cancels after reading what follows, and the public page says why',
    async () => {
      const page = await open(await world.as(ORGANISER), `${address}/manage`);
      await page.getByRole('button', { name: '取消这件事…' }).click();
      await page.getByText('取消以后不能恢复，要办得重新发起。').waitFor();
      await page.getByRole('button', { name: '取消这件事', exact: true }).click();
      await page.getByText('这里要填').waitFor();
      await page.getByLabel('为什么取消').fill('物业下周统一换灯');
      await page.getByRole('button', { name: '取消这件事', exact: true }).click();
      await page.getByText('已经取消：物业下周统一换灯').waitFor();
      expect(await axeFindings(page)).toEqual([]);

      const visitor = await open(await world.page(), address);
      await visitor.getByText('物业下周统一换灯').waitFor();
      expect(await visitor.getByRole('link', { name: '管理这件事' }).count()).toBe(0);
    },
    testMs,
  );
});

/** Staff judge every point of what was handed in; it asks for no money. */
async function approve(page: Page): Promise<void> {
  await open(page, address.replace('/c/', '/console/reviews/'));
  const list = page.locator('form', { has: page.getByRole('heading', { name: '一条一条看' }) });
  await list.waitFor();
  for (const point of await list.getByRole('group').all()) {
    const isMoney = /花费|钱由谁管/.test(await point.innerText());
    await point.getByRole('radio', { name: isMoney ? '不涉及' : '好', exact: true }).check();
  }
  await page.getByRole('button', { name: '通过，开始公示' }).click();
  await page.getByRole('heading', { name: '核实的经过' }).waitFor();
}

describe('paper', () => {
  it.each(['notice', 'poster'])(
    'for the stairwell is one sheet with its code and nothing around it: %s',
    async (paper) => {
      const page = await world.page();
      await world.enter(page);
      await page.getByRole('link', { name: /楼下共享花架/ }).click();
      await page.getByRole('button', { name: '转给邻居' }).click();
      await page.getByRole('link', { name: paper === 'notice' ? '打印楼道通知' : '打印海报' }).click();
      await page.getByRole('img', { name: '这件事的二维码' }).waitFor();
      await page.getByText(/\/s\/[0-9a-z]{26}$/).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.emulateMedia({ media: 'print' });
      for (const frame of [
        page.getByRole('banner'),
        page.getByRole('navigation'),
        page.getByRole('button', { name: '打印' }),
      ]) {
        expect(await frame.filter({ visible: true }).count()).toBe(0);
      }
      expect(await page.getByRole('img', { name: '这件事的二维码' }).isVisible()).toBe(true);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      expect([...pdf.matchAll(/\/Type\s*\/Page\b(?!s)/g)]).toHaveLength(1);
    },
    testMs,
  );
});
