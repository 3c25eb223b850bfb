import { i18n, type Messages } from '@lingui/core';

export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

const catalogues = import.meta.glob<{ messages: Messages }>('/src/**/locales/*.po');
/** Rooms whose words are on the page; another language loads them all. */
const rooms = new Set(['app', 'ui']);

async function load(room: string, locale: Locale): Promise<void> {
  const catalogue = catalogues[`/src/${room}/locales/${locale}.po`];
  if (!catalogue) throw new Error(`no words of ${room} in ${locale}`);
  i18n.load(locale, (await catalogue()).messages);
}

/** The words of a feature, in the language that is read now. */
export async function wordsOf(feature: string): Promise<void> {
  const room = `features/${feature}`;
  if (rooms.has(room)) return;
  await load(room, i18n.locale as Locale);
  rooms.add(room);
}

export async function speak(locale: Locale): Promise<void> {
  await Promise.all([...rooms].map((room) => load(room, locale)));
  document.documentElement.lang = locale;
  i18n.activate(locale);
}

export function firstLocale(): Locale {
  const wished = document.documentElement.lang;
  return wished.startsWith('en') ? 'en' : 'zh-CN';
}
