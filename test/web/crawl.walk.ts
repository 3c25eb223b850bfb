import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { sidewaysPixels, smallestLetter, targetsBelow } from './legible.js';
import { addresses } from './routes.js';
import { examplesOf, NO_EXAMPLE, type Example } from './examples.js';
import { axeFindings, WebWorld } from './web-world.js';

const loadMs = 20_000;
const crawlMs = 1_800_000;
const narrow = { width: 320, height: 640 };

/** A root of 125 % of the browser's has letters of at least 18 px, one of 150 % of 21. */
const LOOKS = [
  { name: 'standard', elder: '', contrast: '', lettersMin: 13 },
  { name: 'large letters', elder: '1', contrast: '', lettersMin: 18 },
  { name: 'largest letters', elder: '2', contrast: '', lettersMin: 21 },
  { name: 'high contrast', elder: '', contrast: 'more', lettersMin: 13 },
] as const;
type Look = (typeof LOOKS)[number];
/** In CSS pixels. */
const targetMin = 44;

let world: WebWorld;
let examples: readonly Example[];
beforeAll(async () => {
  world = await new WebWorld().start();
  examples = await examplesOf(world);
  await world.complaints();
}, 300_000);
afterAll(() => world?.stop());

/** As the app's own switch does it, without opening the page again. */
const wear = (page: Page, { elder, contrast }: Look): Promise<void> =>
  page.evaluate<void>(`(() => {
    const { dataset } = document.documentElement;
    delete dataset.elder; delete dataset.contrast;
    if ('${elder}') dataset.elder = '${elder}';
    if ('${contrast}') dataset.contrast = '${contrast}';
  })()`);

async function open(page: Page, path: string): Promise<void> {
  await page.goto(world.url + path, { timeout: loadMs });
  await page.locator('h1').first().waitFor({ timeout: loadMs });
  // What is on its way has a place that says so.
  await page.waitForFunction('!document.querySelector("main [class*=waiting][role=status]")', null, {
    timeout: loadMs,
  });
}

/** What is wrong with how a page looks; empty when nothing is. */
async function flawsOf(page: Page, look: Look): Promise<string[]> {
  await wear(page, look);
  const flaws = (await axeFindings(page)).map((finding) => `axe ${finding}`);
  const letters = await smallestLetter(page);
  if (letters < look.lettersMin) flaws.push(`letters of ${letters} px`);
  const sideways = await sidewaysPixels(page);
  if (sideways > 0) flaws.push(`${sideways} px sideways`);
  return [...flaws, ...(await targetsBelow(page, targetMin)).map((target) => `low target ${target}`)];
}

async function skeletonFlaws(page: Page): Promise<string[]> {
  const flaws: string[] = [];
  if ((await page.locator('h1').count()) !== 1) flaws.push(`${await page.locator('h1').count()} h1`);
  if (!(await page.title()).endsWith(' · 合伙')) flaws.push(`title ${await page.title()}`);
  if ((await page.locator('html').getAttribute('lang')) !== 'zh-CN') flaws.push('lang');
  return flaws;
}

async function crawl(width: number, height: number): Promise<string[]> {
  const found: string[] = [];
  for (const { address, path, as } of examples) {
    const page = await as({ viewport: { width, height } });
    const at = (flaws: readonly string[], look: string) =>
      found.push(...flaws.map((flaw) => `${address} ${width} ${look}: ${flaw}`));
    try {
      await open(page, path);
      at(await skeletonFlaws(page), 'skeleton');
      for (const look of LOOKS) at(await flawsOf(page, look), look.name);
    } catch (error) {
      at([String(error).split('\n')[0]!], 'opening');
    }
    at(await world.complaints(), 'complaint');
  }
  return found;
}

describe('every address of the app', () => {
  it('has an example, but those that the demo cannot show', () => {
    const shown = new Set([...examples.map(({ address }) => address), ...NO_EXAMPLE]);
    expect(addresses().filter((address) => !shown.has(address))).toEqual([]);
  });

  it(
    'is whole, legible and within reach on a phone, in every look',
    async () => expect(await crawl(360, 780)).toEqual([]),
    crawlMs,
  );

  it(
    'is whole, legible and within reach at a desk, in every look',
    async () => expect(await crawl(1280, 900)).toEqual([]),
    crawlMs,
  );

  it(
    'fits the narrowest phone in the largest letters',
    async () => {
      const found: string[] = [];
      for (const { address, path, as } of examples) {
        const page = await as({ viewport: narrow });
        await open(page, path);
        await wear(page, LOOKS[2]);
        if ((await sidewaysPixels(page)) > 0) found.push(`${address}: ${await sidewaysPixels(page)} px`);
        await world.complaints();
      }
      expect(found).toEqual([]);
    },
    crawlMs,
  );
});
