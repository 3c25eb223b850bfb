import { ConfigError } from './config/setting.js';
import type { Database } from './database/database.js';
import { mayRewriteHistory, probeDatabase } from './database/probe.js';
import { probeRedis } from './messaging/redis.js';
import type { Logger } from './observability/logger.js';

interface ServiceSettings {
  readonly REDIS_URL: string;
  readonly NODE_ENV: string;
}

/** Throws a {@link ConfigError} with every reason why MySQL or Redis cannot be used as they are set. */
export async function refuseUnfitServices(
  database: Database,
  settings: ServiceSettings,
  logger: Logger,
): Promise<void> {
  const [ofDatabase, ofRedis] = await Promise.all([probeDatabase(database), probeRedis(settings.REDIS_URL)]);
  const findings = [
    ...ofDatabase.map((finding) => `MYSQL_URL: ${finding}`),
    ...ofRedis.map((finding) => `REDIS_URL: ${finding}`),
  ];
  const rewrites =
    'MYSQL_URL: this user may rewrite the ledger; run `ops migrate` and use the restricted user';
  if (await mayRewriteHistory(database)) {
    if (settings.NODE_ENV === 'production') findings.push(rewrites);
    else logger.warn(rewrites);
  }
  if (findings.length > 0) throw new ConfigError(findings);
}
