import { ConfigError } from './config/setting.js';
import type { Database } from './database/database.js';
import { mayRewriteHistory, probeDatabase } from './database/probe.js';
import { probeRedis } from './messaging/redis.js';
import type { Logger } from './observability/logger.js';
import type { Storage } from './storage/storage.js';

interface ServiceSettings {
  readonly REDIS_URL: string;
  readonly NODE_ENV: string;
}

/** Throws a {@link ConfigError} with every reason why MySQL, Redis or the place of files cannot be used as they are set. */
export async function refuseUnfitServices(
  { database, storage }: { readonly database: Database; readonly storage: Storage },
  settings: ServiceSettings,
  logger: Logger,
): Promise<void> {
  const [ofDatabase, ofRedis, ofStorage] = await Promise.all([
    probeDatabase(database),
    probeRedis(settings.REDIS_URL),
    probeStorage(storage),
  ]);
  const findings = [
    ...ofDatabase.map((finding) => `MYSQL_URL: ${finding}`),
    ...ofRedis.map((finding) => `REDIS_URL: ${finding}`),
    ...ofStorage,
  ];
  const rewrites =
    'MYSQL_URL: this user may rewrite the ledger; run `ops migrate` and use the restricted user';
  if (await mayRewriteHistory(database)) {
    if (settings.NODE_ENV === 'production') findings.push(rewrites);
    else logger.warn(rewrites);
  }
  if (findings.length > 0) throw new ConfigError(findings);
}

async function probeStorage(storage: Storage): Promise<string[]> {
  try {
    await storage.probe();
    return [];
  } catch (error) {
    return [`STORAGE_FOLDER or STORAGE_S3_URL: files cannot be written there: ${(error as Error).message}`];
  }
}

/** Names the setting when a process cannot listen where it should; anything else stays the error that it is. */
export function listenRefusal(
  error: unknown,
  port: { readonly name: string; readonly value: number },
): Error {
  const { code, message } = error as { readonly code?: string; readonly message: string };
  const why: Record<string, string> = {
    EADDRINUSE: 'another program listens on it already',
    EACCES: 'this user may not listen on it',
    EADDRNOTAVAIL: 'the address beside it is not one of this machine',
  };
  const text = code === undefined ? undefined : why[code];
  if (text === undefined) return error instanceof Error ? error : new Error(message);
  return new ConfigError([`${port.name}: ${port.value} cannot be used: ${text}`]);
}
