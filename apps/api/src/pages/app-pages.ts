/** Which head a page gets. The rest of the app shares a plain one. */
export type PageKind = 'home' | 'campaign' | 'community' | 'partner' | 'plain';

export interface AppPage {
  readonly kind: PageKind;
  readonly id: string | null;
  /** The source that the app loads for it, as the build names it. */
  readonly source: string | null;
}

const feature = (name: string): string => `src/features/${name}/index.ts`;

/**
 * Every address of the app, as its router has them: `:id` is one part of the path, `*` at the end is that page and all
 * below it. The first that fits counts. An address that is not here answers 404, with the page that
 * says so.
 */
const PAGES: readonly (readonly [path: string, kind: PageKind, source: string | null])[] = [
  ['/', 'home', feature('home')],
  // What the service worker keeps, to show where there is no line.
  ['/index.html', 'plain', null],
  ['/communities', 'plain', feature('home')],
  ['/communities/:id', 'community', feature('home')],
  ['/help', 'plain', feature('home')],
  ['/privacy', 'plain', feature('home')],
  ['/c/:id/pledge/*', 'campaign', feature('pledge')],
  ['/c/:id/lit/*', 'campaign', feature('pledge')],
  ['/c/:id/book', 'campaign', feature('money')],
  ['/c/:id/manage', 'plain', feature('manage')],
  ['/c/:id/poster', 'campaign', feature('print')],
  ['/c/:id/notice', 'campaign', feature('print')],
  ['/c/:id/*', 'campaign', feature('campaign')],
  ['/needs/*', 'plain', feature('needs')],
  ['/start/*', 'plain', feature('start')],
  ['/book/*', 'plain', feature('money')],
  ['/challenges/*', 'plain', feature('money')],
  ['/statements/*', 'plain', feature('money')],
  ['/pay/*', 'plain', feature('money')],
  ['/me/payments', 'plain', feature('money')],
  ['/partners', 'plain', feature('partner')],
  ['/partners/:id/*', 'partner', feature('partner')],
  ['/me/partner/*', 'plain', feature('partner-work')],
  ['/me/pledges', 'plain', feature('mine')],
  ['/me/campaigns', 'plain', feature('mine')],
  ['/me/*', 'plain', feature('account')],
  ['/login', 'plain', feature('sign-in')],
  ['/console/*', 'plain', feature('console')],
];

export const PAGE_PATHS: readonly string[] = PAGES.map(([path]) => path);

const compiled = PAGES.map(([path, kind, source]) => ({
  pattern: new RegExp(`^${path.replace(/\/\*$/, '(?:/.*)?').replace(':id', '([A-Za-z0-9_]{3,60})')}/?$`),
  kind,
  source,
}));

export function pageAt(path: string): AppPage | null {
  for (const { pattern, kind, source } of compiled) {
    const match = pattern.exec(path);
    if (match) return { kind, id: match[1] ?? null, source };
  }
  return null;
}
