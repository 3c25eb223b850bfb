import type { Language } from '../http/language.js';
import { cardWords, PLAIN } from './plain-words.js';

export interface PageHead {
  readonly title: string;
  readonly description: string;
  /** Path of a picture of 1200 by 630 pixels. */
  readonly image?: string;
  /** What an anonymous reader gets from the api, so that the first picture needs no second request. */
  readonly data?: unknown;
  /** What can be read without scripts. Markup of ours, with every word of people escaped. */
  readonly fragment?: string;
}

export interface PageFrame {
  readonly language: Language;
  /** Where the site is, for those who pass a page on: scheme, host and port. */
  readonly origin: string;
  readonly path: string;
  readonly scripts: readonly string[];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/** Puts a head, data and the readable part into the built page. Replacements are functions: `$&` in a title is text. */
export function pageHtml(
  index: string,
  head: PageHead,
  { language, origin, path, scripts }: PageFrame,
): string {
  const title = escaped(head.title);
  const address = escaped(origin + path);
  const plain = PLAIN[language];
  const tags = [
    `<meta name="description" content="${escaped(head.description)}">`,
    `<link rel="canonical" href="${address}">`,
    `<meta property="og:type" content="website">`,
    `<meta property="og:site_name" content="合伙">`,
    `<meta property="og:locale" content="${language === 'en' ? 'en' : 'zh_CN'}">`,
    `<meta property="og:title" content="${escaped(cardWords(head.title, plain.title))}">`,
    `<meta property="og:description" content="${escaped(cardWords(head.description, plain.description))}">`,
    `<meta property="og:url" content="${address}">`,
    ...(head.image ? pictureTags(escaped(origin + head.image)) : []),
    `<meta name="twitter:card" content="${head.image ? 'summary_large_image' : 'summary'}">`,
    ...scripts.map((script) => `<link rel="modulepreload" href="${escaped(script)}">`),
  ].join('\n    ');
  const data = head.data === undefined ? '' : dataBlock(head.data);
  return index
    .replace(/<html lang="[^"]*">/, () => `<html lang="${language}">`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${title} · 合伙</title>`)
    .replace('<!--HEAD-->', () => tags)
    .replace('<!--APP-->', () => head.fragment ?? '')
    .replace('<!--DATA-->', () => data);
}

function pictureTags(address: string): string[] {
  const tag = (name: string, content: string): string =>
    `<meta property="og:image${name}" content="${content}">`;
  return [tag('', address), tag(':width', '1200'), tag(':height', '630')];
}

/** A block of data is no script: the content policy lets it stand, and `<` cannot end it early. */
function dataBlock(data: unknown): string {
  const json = JSON.stringify(data).replace(/</g, '\\u003c');
  return `<script type="application/json" id="__DATA__">${json}</script>`;
}
