import type { Language } from '../http/language.js';

interface PlainWords {
  readonly title: string;
  readonly description: string;
}

/** What a page says of itself that has nothing of its own to say, or nothing for the public. */
export const PLAIN: Readonly<Record<Language, PlainWords>> = {
  'zh-CN': {
    title: '邻居一起把缺的事办成',
    description: '院子里缺点什么，大家一起凑：手艺、力气、东西、钱、主意和关注。',
  },
  en: {
    title: 'Neighbours get it done together',
    description:
      'When something is missing, neighbours pool skill, labour, goods, money, ideas and attention.',
  },
};

/**
 * Words of people for a card in a chat. What neighbours do together here is no appeal for donations, which only charities
 * may make in public; a text that reads like one stays on its page and does not travel.
 */
export function cardWords(text: string, instead: string): string {
  return text.includes('捐款') ? instead : text;
}
