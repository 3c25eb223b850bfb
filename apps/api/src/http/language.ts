export type Language = 'zh-CN' | 'en';

/** The language of Accept-Language that we speak; Chinese when the reader names none of ours. */
export function preferredLanguage(header: string | undefined): Language {
  let best: Language = 'zh-CN';
  let bestWeight = 0;
  for (const part of (header ?? '').slice(0, 200).split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = /^zh(-|$)/.test(tag) ? 'zh-CN' : /^en(-|$)/.test(tag) ? 'en' : null;
    if (!language) continue;
    const quality = parameters.map((p) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(p)?.[1]).find(Boolean);
    const weight = quality === undefined ? 1 : Number(quality);
    if (weight > bestWeight) [best, bestWeight] = [language, weight];
  }
  return best;
}
