import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const INDEX = `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <title>合伙</title>
    <!--HEAD-->
    <script type="module" src="/assets/main-1.js"></script>
  </head>
  <body>
    <div id="app"><!--APP--></div>
    <!--DATA-->
  </body>
</html>
`;
const CAMPAIGN = 'export const campaign = 1;\n';
const FILES: Readonly<Record<string, string | Buffer>> = {
  'index.html': INDEX,
  'sw.js': 'self.skipWaiting();\n',
  'manifest.webmanifest': '{"name":"合伙"}',
  'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'icon-192.png': Buffer.from('89504e470d0a1a0a', 'hex'),
  'secret.pem': 'no page of ours',
  'assets/main-1.js': 'export {};\n',
  'assets/campaign-2.js': CAMPAIGN,
  'assets/campaign-2.js.br': brotliCompressSync(CAMPAIGN),
  'assets/campaign-2.js.gz': gzipSync(CAMPAIGN),
  'assets/shared-3.js': 'export {};\n',
  'assets/clock-4.js': 'export {};\n',
  'assets/main-5.css': 'body{margin:0}\n',
  'assets/plate-6.woff2': 'wOF2',
  '.vite/manifest.json': JSON.stringify({
    'src/features/campaign/index.ts': { file: 'assets/campaign-2.js', imports: ['_shared.js'] },
    '_shared.js': { file: 'assets/shared-3.js', imports: ['_clock.js'] },
    '_clock.js': { file: 'assets/clock-4.js', imports: ['_shared.js'] },
  }),
};

export interface WebFolder {
  /** For the setting WEB_FOLDER. */
  readonly path: string;
  remove(): void;
}

/** A small web app as its build leaves it; beside it lies a file that no request may reach. */
export function webFolder(): WebFolder {
  const around = mkdtempSync(join(tmpdir(), 'web-'));
  const path = join(around, 'dist');
  writeFileTree(path, FILES);
  writeFileTree(around, { 'outside.js': 'not to be had' });
  return { path, remove: () => rmSync(around, { recursive: true }) };
}

function writeFileTree(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
