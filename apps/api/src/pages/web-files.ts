import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Logger } from '@hehuo/platform';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

export interface WebFile {
  readonly type: string;
  readonly encoding: 'br' | 'gzip' | null;
  /** Its name holds the hash of its text: it never changes. */
  readonly immutable: boolean;
  readonly bytes: Buffer;
}

/** What the build of a page needs to fetch first: its script and the scripts that it imports. */
interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

/**
 * The built pages, read once into memory: they are two megabytes, what is not among them cannot be asked for, and a new
 * build beside a running process changes nothing in it. Compressed copies that the build left beside a file are sent to
 * whoever takes them.
 */
export class WebFiles {
  /** The page that every address of the app answers with its own head; null where the web app was not built. */
  readonly index: string | null;
  private readonly files: ReadonlyMap<string, Buffer>;
  private readonly chunks: Readonly<Record<string, Chunk>>;

  constructor(folder: string) {
    this.files = new Map(namesIn(folder).map((name) => [name, readFileSync(join(folder, name))]));
    this.index = this.text('index.html');
    this.chunks = JSON.parse(this.text('.vite/manifest.json') ?? '{}') as Record<string, Chunk>;
  }

  /** `path` begins with a slash, as in an address. */
  find(path: string, acceptEncoding: string): WebFile | null {
    const name = path.slice(1);
    const type = TYPES[extname(name)];
    if (type === undefined || name === 'index.html' || name.startsWith('.')) return null;
    const [encoding = null, suffix = ''] =
      ENCODINGS.find(([word, ending]) => takes(acceptEncoding, word) && this.files.has(name + ending)) ?? [];
    const bytes = this.files.get(name + suffix);
    if (!bytes) return null;
    return {
      type,
      encoding,
      immutable: name.startsWith('assets/'),
      bytes,
    };
  }

  /** Scripts that a page of the app will ask for, by the source that the app loads for it; imported ones, too. */
  scriptsFor(source: string): readonly string[] {
    const sources = new Set([source]);
    // A set that grows while it is walked through is walked to its end.
    for (const one of sources) this.chunks[one]?.imports?.forEach((name) => sources.add(name));
    return [...sources].flatMap((one) => this.chunks[one]?.file ?? []).map((file) => `/${file}`);
  }

  private text(name: string): string | null {
    return this.files.get(name)?.toString('utf8') ?? null;
  }
}

/** The web app in `folder`; says so where there is none, since the api then answers programs only. */
export function webFiles(folder: string, logger: Logger): WebFiles {
  const files = new WebFiles(folder);
  if (files.index === null) logger.warn({ folder }, 'no web app is built here; its pages answer 404');
  return files;
}

/** Whether an Accept-Encoding names this encoding, and not to refuse it (`br;q=0`). */
function takes(acceptEncoding: string, encoding: string): boolean {
  return acceptEncoding
    .toLowerCase()
    .split(',')
    .some((part) => {
      const [name, weight = ''] = part.split(';').map((text) => text.trim());
      return name === encoding && !/^q=0(\.0*)?$/.test(weight);
    });
}

function namesIn(folder: string, below = ''): string[] {
  try {
    return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
      const name = below ? `${below}/${entry.name}` : entry.name;
      return entry.isDirectory() ? namesIn(folder, name) : [name];
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
