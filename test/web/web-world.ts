import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import {
  createTestDatabase,
  freePort,
  startRedis,
  until,
  type PassingRedis,
  type TestDatabase,
} from '@hehuo/testing';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { secret } from '../../apps/sandbox/test/harness.js';
import { openBrowser, watchedPage, type Watched } from '../browser/browser.js';
import {
  BLIND_INDEX_KEY,
  FIELD_KEY,
  startBuilt,
  startWorker,
  type BuiltProcess,
} from '../support/built-process.js';

const run = promisify(execFile);
/** Waits end long before; a machine that does much else needs the rest. */
const patienceSeconds = 40;

/** Rules of WCAG 2.2 AA and what axe holds for good practice besides. */
const AXE_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** A verified neighbour whose household has promised nothing yet. */
export const RESIDENT = '15400000045';

/** A platform with the demo, as three real processes, and a browser before it. */
export class WebWorld {
  url = '';
  private database!: TestDatabase;
  private redis!: PassingRedis;
  private browser!: Browser;
  private worker!: BuiltProcess;
  private files = '';
  private readonly processes: BuiltProcess[] = [];
  private readonly open: Watched[] = [];

  async start(): Promise<this> {
    [this.database, this.redis, this.browser, this.files] = await Promise.all([
      createTestDatabase(),
      startRedis(),
      openBrowser(),
      mkdtemp(join(tmpdir(), 'web-world-')),
    ]);
    // The demo's custodian takes money online.
    const sandbox = await startBuilt('sandbox', {
      ...{ SANDBOX_PORT: '0', SANDBOX_SECRET: secret, SANDBOX_BOOKS: this.files },
    });
    this.processes.push(sandbox);
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const settings = {
      ...{ MYSQL_URL: this.database.url, REDIS_URL: this.redis.url, REDIS_PREFIX: 'web' },
      ...{ FIELD_KEY, BLIND_INDEX_KEY, PUBLIC_URL: this.url },
      ...{ SANDBOX_URL: sandbox.url, SANDBOX_SECRET: secret },
      ...{ DEMO_SHORT_DEADLINES: 'yes', REQUESTS_PER_MINUTE: '100000' },
    };
    await this.seed(settings);
    const [api, worker] = await Promise.all([
      startBuilt('api', { ...settings, PORT: String(port) }),
      startWorker(settings),
    ]);
    this.worker = worker;
    this.processes.push(api, worker);
    return this;
  }

  async stop(): Promise<void> {
    await this.browser?.close();
    await Promise.all(this.processes.map((one) => one.signal('SIGTERM')));
    await this.redis?.kill();
    await this.database?.drop();
    await rm(this.files, { recursive: true, force: true });
  }

  /** A page of a fresh profile in Chengdu. What goes wrong on it is asked for by `complaints()`. */
  async page(options: BrowserContextOptions = {}): Promise<Page> {
    const watched = await watchedPage(this.browser, this.url, {
      ...{ viewport: { width: 390, height: 844 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
      ...options,
    });
    watched.page.setDefaultTimeout(patienceSeconds * 1000);
    this.open.push(watched);
    return watched.page;
  }

  /** Closes all pages and tells what any of them did that nobody wanted. */
  async complaints(): Promise<string[]> {
    const pages = this.open.splice(0);
    await Promise.all(pages.map((watched) => watched.close()));
    return pages.flatMap(({ complaints }) => complaints);
  }

  /** Chooses the community that the demo's campaigns are in. */
  async enter(page: Page): Promise<void> {
    await page.goto(this.url);
    await page.getByRole('button', { name: /合伙演示社区/ }).click();
    await page.getByRole('heading', { level: 1, name: '身边在筹的事' }).waitFor();
  }

  /** Fills in the form of the page for signing in, with the code that the worker sends. */
  async signIn(page: Page, phone: string): Promise<void> {
    await page.getByLabel('手机号').fill(phone);
    const before = this.codes().length;
    await page.getByRole('button', { name: '发验证码' }).click();
    await until('the code was sent', patienceSeconds, () => this.codes().length > before);
    await page.getByLabel('短信里的 6 位数字').fill(this.codes().at(-1) ?? '');
    await page.getByRole('button', { name: '登录', exact: true }).click();
  }

  private codes(): string[] {
    return [...this.worker.log().matchAll(/\b(\d{6})\b/g)].map((match) => match[1] ?? '');
  }

  private async seed(settings: Readonly<Record<string, string>>): Promise<void> {
    const program = join(process.cwd(), 'dist', 'apps', 'ops', 'apps', 'ops', 'src', 'main.js');
    await run(process.execPath, [program, 'seed', '--demo'], {
      env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'test', ...settings },
    });
  }
}

/** What axe finds on a page as it stands: rule and place, a line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(AXE_RULES).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
