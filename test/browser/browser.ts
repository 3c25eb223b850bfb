import { chromium, type Browser, type BrowserContextOptions, type Page, type Request } from 'playwright-core';

/** What a page did that nobody wanted: errors on its console, requests that failed or went elsewhere. */
export interface Watched {
  readonly page: Page;
  readonly complaints: string[];
  close(): Promise<void>;
}

/** Only a walk itself takes a browser off the line; what fails then is what it wants to see. */
const NO_LINE = 'net::ERR_INTERNET_DISCONNECTED';

/** The Chromium of this machine. `npm test` finds or installs it and names it in CHROMIUM_PATH. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'];
  if (!executablePath) {
    throw new Error(
      'No Chromium was found. Install it (Debian: sudo apt-get install chromium; macOS: brew install --cask chromium) or name its program in CHROMIUM_PATH.',
    );
  }
  return chromium.launch({ executablePath });
}

/** A page of a fresh profile, from which everything that goes wrong is written down. */
export async function watchedPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    const isTrouble = message.type() === 'error' || message.type() === 'warning';
    if (isTrouble && !message.text().includes(NO_LINE)) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  // A page that is left drops what it was still reading, and one without scripts refuses those that it is offered.
  const isWanted = (request: Request): boolean =>
    request.failure()?.errorText !== 'net::ERR_ABORTED' &&
    request.failure()?.errorText !== NO_LINE &&
    !(options.javaScriptEnabled === false && request.resourceType() === 'script');
  page.on('requestfailed', (request) => {
    if (isWanted(request)) complaints.push(`failed: ${request.url()}`);
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) complaints.push(`foreign: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return { page, complaints, close: () => context.close() };
}
