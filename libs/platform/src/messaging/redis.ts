import { Redis, type RedisOptions } from 'ioredis';

/** How long a closed connection waits for its other end; a Redis that is gone never answers, and stopping waits for it. */
const disconnectTimeout = 300;

/**
 * Connections to Redis. Producers fail at once when Redis is away (`enableOfflineQueue: false`): a request never waits
 * for a hint. Workers wait and reconnect for ever, because BullMQ blocks on its connection.
 */
export function producerConnection(url: string): Redis {
  return open(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 2_000 });
}

export function workerConnection(url: string): Redis {
  return open(url, { maxRetriesPerRequest: null });
}

function open(url: string, options: RedisOptions): Redis {
  const redis = new Redis(url, {
    ...options,
    disconnectTimeout,
    retryStrategy: (times) => Math.min(100 * times, 3_000),
  });
  // Without a listener a lost connection would end the process; the health check and the metrics report it.
  redis.on('error', () => undefined);
  return redis;
}

/** What the queues need of Redis. Anything but `noeviction` may drop a waiting job to make room. */
export async function probeRedis(url: string): Promise<string[]> {
  const redis = new Redis(url, {
    lazyConnect: true,
    disconnectTimeout,
    maxRetriesPerRequest: 1,
    connectTimeout: 5_000,
    retryStrategy: null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const [, policy] = (await redis.config('GET', 'maxmemory-policy')) as [string, string];
    return policy === 'noeviction'
      ? []
      : [`maxmemory-policy is "${policy}"; set it to noeviction, or waiting jobs may be dropped`];
  } catch (error) {
    return [`Redis does not answer: ${(error as Error).message}`];
  } finally {
    redis.disconnect();
  }
}
