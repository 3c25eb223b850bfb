import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { axeFindings, WebWorld } from './web-world.js';

const ORGANISER = '15400000001';
const sentBytesMax = 600 * 1024;
const testMs = 240_000;

let world: WebWorld;
beforeAll(async () => {
  world = await new WebWorld().start();
}, 240_000);
/** What is refused on purpose; the browser complains of that, too. */
const wanted = ['/v1/files', 'status of 422', 'status of 415'];
afterEach(async () => {
  const complaints = await world.complaints();
  expect(complaints.filter((one) => !wanted.some((part) => one.includes(part)))).toEqual([]);
});
afterAll(() => world?.stop());

/** Twelve megapixels with the camera and the place in them, as a phone takes them. */
function fromPhone(): Promise<Buffer> {
  const [width, height] = [4000, 3000];
  const place = { GPSLatitudeRef: 'N', GPSLatitude: '30/1 39/1 0/1' };
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#7a5',
      noise: { type: 'gaussian', mean: 128, sigma: 20 },
    },
  })
    .withExif({ IFD0: { Make: 'Phone' }, IFD3: place })
    .jpeg({ quality: 92 })
    .toBuffer();
}

describe('a photo of a campaign', () => {
  it(
    'is made smaller on the phone, loses its place, and waits in the draft; what is no picture is refused in words',
    async () => {
      const page = await world.as(ORGANISER);
      await page.goto(`${world.url}/start`);
      await page.getByRole('button', { name: '开始写' }).click();
      const pick = page.getByLabel('加照片');
      const sent: number[] = [];
      page.on('request', (request) => {
        if (request.url().includes('/v1/files') && request.method() === 'POST')
          sent.push(request.postDataBuffer()?.length ?? 0);
      });
      await pick.setInputFiles({ name: 'bench.jpg', mimeType: 'image/jpeg', buffer: await fromPhone() });
      await page.getByLabel('第 1 张上有什么').fill('断了木条的长椅');
      expect(sent).toEqual([expect.any(Number)]);
      expect(sent[0]).toBeLessThan(sentBytesMax);
      await pick.setInputFiles({
        name: 'bench.jpg',
        mimeType: 'image/jpeg',
        buffer: Buffer.from('no picture'),
      });
      await page.getByRole('alert').first().waitFor();
      expect(await page.getByLabel('第 2 张上有什么').count()).toBe(0);
      expect(await axeFindings(page)).toEqual([]);

      await page.getByLabel('名字').fill('修好门口的长椅');
      await page.getByLabel('一句话说清楚').fill('木条断了三根');
      await page.getByLabel('为什么要办').fill('老人买菜回来没有地方歇脚。');
      await page.getByLabel('谁会用到').fill('一号楼的每一户');
      await page.getByRole('button', { name: '下一步' }).click();
      await page.waitForURL(/\/place$/);
      await page.goBack();
      const kept = page.locator('img[src^="/v1/files/"]');
      await kept.waitFor();
      expect(await page.getByLabel('第 1 张上有什么').inputValue()).toBe('断了木条的长椅');

      const src = (await kept.getAttribute('src'))!.replace(/\?.*/, '');
      const mine = await page.request.get(world.url + src);
      const { exif, width } = await sharp(await mine.body()).metadata();
      expect([exif, width! <= 2048]).toEqual([undefined, true]);
      const stranger = await world.page();
      expect((await stranger.request.get(world.url + src)).status()).toBe(401);
    },
    testMs,
  );
});
