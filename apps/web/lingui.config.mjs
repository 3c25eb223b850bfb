import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const features = readdirSync(join(import.meta.dirname, 'src/features'));
const rooms = ['app', 'ui', ...features.map((name) => `features/${name}`)];

/** Chinese is the language of the code; each room keeps its own words, so that a page loads only what it says. */
const config = {
  sourceLocale: 'zh-CN',
  locales: ['zh-CN', 'en'],
  catalogs: rooms.map((room) => ({
    path: `<rootDir>/src/${room}/locales/{locale}`,
    include: [`<rootDir>/src/${room}`],
  })),
  orderBy: 'message',
  format: 'po',
  formatOptions: { origins: false, lineNumbers: false },
};

export { config as default };
