import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
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
import { TOTP } from 'otpauth';
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

type Kept = Exclude<BrowserContextOptions['storageState'], string | undefined>;

/** A platform with the demo, as three real processes, and a browser before it. */
export class WebWorld {
  url = '';
  private gatewayUrl = '';
  private database!: TestDatabase;
  private redis!: PassingRedis;
  private browser!: Browser;
  private worker!: BuiltProcess;
  private files = '';
  private signIns = '';
  /** What a browser keeps of those who signed in before; a code of an authenticator counts once. */
  private readonly kept = new Map<string, Kept>();
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
    this.gatewayUrl = sandbox.url;
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const settings = {
      ...{ MYSQL_URL: this.database.url, REDIS_URL: this.redis.url, REDIS_PREFIX: 'web' },
      ...{ FIELD_KEY, BLIND_INDEX_KEY, PUBLIC_URL: this.url, STORAGE_FOLDER: join(this.files, 'stored') },
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

  /** The demo asks for money online only; from here on a campaign asks for it by hand. */
  async takesByHand(title: string): Promise<void> {
    await this.database.database.change("UPDATE campaign SET payment_mode = 'offline' WHERE title = ?", [
      title,
    ]);
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
    // Who pays goes to the page of the gateway.
    const isGateway = (complaint: string) => complaint.startsWith(`foreign: ${this.gatewayUrl}`);
    return pages.flatMap(({ complaints }) => complaints.filter((complaint) => !isGateway(complaint)));
  }

  /** Chooses the community that the demo's campaigns are in. */
  async enter(page: Page): Promise<void> {
    await page.goto(this.url);
    await page.getByRole('button', { name: /合伙演示社区/ }).click();
    await page.getByRole('heading', { level: 1, name: '身边在筹的事' }).waitFor();
  }

  /** A page of somebody who signed in, in the community that the demo's campaigns are in. */
  as(phone: string, options: BrowserContextOptions = {}): Promise<Page> {
    return this.signedIn(phone, options, async (page) => {
      await this.enter(page);
      await page.goto(`${this.url}/login`);
      await this.signIn(page, phone);
      await page.getByRole('heading', { level: 1, name: '身边在筹的事' }).waitFor();
    });
  }

  /** A page at the desk of somebody whom the demo gave a login, a password and an authenticator. */
  desk(login: string, options: BrowserContextOptions = {}): Promise<Page> {
    const wide = { viewport: { width: 1280, height: 900 }, ...options };
    return this.signedIn(login, wide, async (page) => {
      await page.goto(`${this.url}/login`);
      await page.getByRole('button', { name: '我是社区工作人员' }).click();
      const [, password = '', authenticator = ''] = this.signInOf(login);
      await page.getByLabel('账号').fill(login);
      await page.getByLabel('密码').fill(password);
      await page.getByLabel('验证器上的 6 位数字').fill(new TOTP({ secret: authenticator }).generate());
      await page.getByRole('button', { name: '登录', exact: true }).click();
      await page.waitForURL(/\/console/);
    });
  }

  /** The code that an authenticator shows now, for what asks for it again. */
  codeOf(login: string): string {
    return new TOTP({ secret: this.signInOf(login)[2] ?? '' }).generate();
  }

  private async signedIn(
    who: string,
    options: BrowserContextOptions,
    enter: (page: Page) => Promise<void>,
  ): Promise<Page> {
    const storageState = this.kept.get(who);
    const page = await this.page(storageState ? { ...options, storageState } : options);
    if (storageState) {
      await page.goto(this.url);
      return page;
    }
    await enter(page);
    this.kept.set(who, await page.context().storageState());
    return page;
  }

  /** Login, password and secret, as the seed printed them. */
  private signInOf(login: string): string[] {
    const cells = this.signIns.split('\n').map((line) => line.split('│').map((cell) => cell.trim()));
    const found = cells.find((row) => row.includes(login));
    if (!found) throw new Error(`The demo has nobody with the login ${login}.`);
    return found.slice(found.indexOf(login));
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
    const { stdout } = await run(process.execPath, [program, 'seed', '--demo'], {
      env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'test', ...settings },
    });
    this.signIns = stdout;
  }
}

/** What axe finds on a page as it stands: rule and place, a line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(AXE_RULES).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Asks the api as the page's own scripts would; a refusal is an error. */
export async function asked<Answer>(
  page: Page,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const request = { method, ...(body ? { headers, body: JSON.stringify(body) } : {}) };
  const { status, text } = await page.evaluate<{ status: number; text: string }>(
    `fetch(${JSON.stringify(path)}, ${JSON.stringify(request)})
      .then(async (response) => ({ status: response.status, text: await response.text() }))`,
  );
  if (status >= 400) throw new Error(`${method} ${path}: ${status} ${text}`);
  return (text === '' ? null : JSON.parse(text)) as Answer;
}
