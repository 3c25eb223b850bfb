import { randomBytes } from 'node:crypto';
import type { ExitCode } from '../src/program.js';
import { runOps } from '../src/program.js';

export interface Told {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs `ops` in this process, as the terminal would see it. */
export async function ops(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Told> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runOps(args, {
    terminal: { out: (text) => void out.push(text), err: (text) => void err.push(text), isWatched: false },
    environment,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** The settings of an installation on this database. */
export function settingsOn(database: { readonly url: string; readonly ownerUrl: string }): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'test',
    MYSQL_URL: database.url,
    MYSQL_OWNER_URL: database.ownerUrl,
    MYSQL_POOL_MAX: '8',
    REDIS_URL: 'redis://127.0.0.1:1/0',
    FIELD_KEY: randomBytes(32).toString('base64'),
    BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
  };
}
