import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { transformAsync } from '@babel/core';
import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const api = process.env.API_URL ?? 'http://127.0.0.1:3000';
/** Phones of the last six years; old people keep theirs for long. */
const floor = ['es2020', 'chrome87', 'safari14'];

/** Turns Lingui's macros into calls. The official ways need a newer Node or panic on this Vite. */
function linguiMacro() {
  return {
    name: 'lingui-macro',
    enforce: 'pre',
    async transform(code, id) {
      const isOurs = /\.tsx?$/.test(id.split('?')[0]) && !id.includes('node_modules');
      if (!isOurs || !/@lingui\/(react|core)\/macro/.test(code)) return null;
      const result = await transformAsync(code, {
        filename: id,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: ['jsx', 'typescript'] },
        plugins: ['@lingui/babel-plugin-lingui-macro'],
      });
      return { code: result.code, map: result.map };
    },
  };
}

/** Leaves compressed copies beside what the api sends, so that no request waits for a compressor. */
function compressed() {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir }) {
      for (const name of readdirSync(dir, { recursive: true }).filter((file) =>
        /\.(js|css|svg)$/.test(file),
      )) {
        const bytes = readFileSync(join(dir, name));
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(bytes));
        writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

/** Kilobytes after gzip that a phone may be asked for before a page can be used, and for a page that comes later. */
const budgets = { firstLoad: 140, laterPage: 45, desk: 120, styles: 20, fonts: 16 };
/** What whoever follows a shared link or looks around sees first. */
const publicPages = ['home', 'campaign', 'needs', 'money', 'partner'];

const gzKb = (dir, files) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dir, file)), { level: 9 }).length, 0) /
  1000;

/** Stops the build when a page outgrows its budget. */
function withinBudget() {
  return {
    name: 'within-budget',
    apply: 'build',
    writeBundle({ dir }) {
      const manifest = JSON.parse(readFileSync(join(dir, '.vite/manifest.json'), 'utf8'));
      const filesOf = (source) => {
        const sources = new Set([source]);
        for (const one of sources) manifest[one]?.imports?.forEach((name) => sources.add(name));
        return new Set([...sources].flatMap((one) => manifest[one]?.file ?? []));
      };
      const start = filesOf('index.html');
      const over = [];
      const check = (what, size, budget) => {
        if (size > budget) over.push(`${what}: ${size.toFixed(1)} kB, ${budget} allowed`);
      };
      for (const feature of publicPages) {
        if (!manifest[`src/features/${feature}/index.ts`])
          over.push(`${feature}: not a part of its own any more`);
      }
      for (const source of Object.keys(manifest).filter((name) =>
        /^src\/features\/[^/]+\/index\.ts$/.test(name),
      )) {
        const feature = source.split('/')[2];
        const own = filesOf(source);
        const later = new Set([...own].filter((file) => !start.has(file)));
        if (publicPages.includes(feature))
          check(`first load of ${feature}`, gzKb(dir, new Set([...start, ...own])), budgets.firstLoad);
        const isDesk = ['console', 'desk', 'funds', 'platform'].includes(feature);
        check(`page ${feature}`, gzKb(dir, later), isDesk ? budgets.desk : budgets.laterPage);
      }
      const named = (ending) =>
        readdirSync(join(dir, 'assets'))
          .filter((file) => file.endsWith(ending))
          .map((file) => `assets/${file}`);
      check('styles', gzKb(dir, named('.css')), budgets.styles);
      check('fonts', gzKb(dir, named('.woff2')), budgets.fonts);
      if (over.length > 0) this.error(`pages outgrew their budget:\n  ${over.join('\n  ')}`);
    },
  };
}

const installable = VitePWA({
  // A new version waits until the reader agrees: a form that is being written must not vanish.
  registerType: 'prompt',
  injectRegister: false,
  manifest: {
    name: '合伙',
    short_name: '合伙',
    description: '邻居一起把缺的事办成',
    lang: 'zh-CN',
    start_url: '/',
    display: 'standalone',
    background_color: '#F5F7F3',
    theme_color: '#12303A',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
    ],
  },
  workbox: {
    globPatterns: ['**/*.{js,css,woff2,svg}', 'index.html'],
    // Words of the other language and the desk of the staff come when they are asked for.
    globIgnores: ['**/en-*', '**/{console,desk}-*'],
    navigateFallback: '/index.html',
    navigateFallbackDenylist: [/^\/(v1|s|og|health|ready|metrics|problems)(\/|$)/],
    runtimeCaching: [
      {
        // What is the same for everybody, or nearly: never lists of people, nor anything of the desk.
        urlPattern:
          /\/v1\/(campaigns(\/\w+(\/(forecast|pledges|settlement|book))?)?|communities(\/\w+(\/(needs|book))?)?|needs\/\w+|partners(\/\w+)?|campaign-rules)(\?.*)?$/,
        handler: 'NetworkFirst',
        options: {
          cacheName: 'public-reads',
          networkTimeoutSeconds: 6,
          expiration: { maxEntries: 120, maxAgeSeconds: 7 * 24 * 3600 },
          cacheableResponse: { statuses: [200] },
        },
      },
    ],
  },
});

export default defineConfig({
  plugins: [
    linguiMacro(),
    lingui({ failOnMissing: true }),
    react(),
    installable,
    withinBudget(),
    compressed(),
  ],
  build: {
    target: floor,
    cssTarget: floor,
    manifest: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
  },
  server: { proxy: Object.fromEntries(['/v1', '/problems', '/og', '/s/'].map((path) => [path, api])) },
});
