import { setTimeout as pause } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Redis } from 'ioredis';
import { ApiConfig } from '@hehuo/platform';
import { Readiness } from '../health/readiness.js';
import { SharedCounters } from '../http/shared-counters.js';
import { REDIS } from '../observability/tokens.js';
import { Drains } from './drains.js';

/**
 * The end in order: "not ready" first, a pause for the load balancer to see it, then what must be drained; only then
 * does Nest close the server and, last, the platform its pool. A kill -9 instead of all this loses nothing.
 */
@Injectable()
export class Leaving implements BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    private readonly config: ApiConfig,
    private readonly readiness: Readiness,
    private readonly drains: Drains,
    private readonly counters: SharedCounters,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    this.readiness.leave();
    await pause(this.config.STOP_PAUSE_SECONDS * 1000);
    await this.drains.run();
  }

  onApplicationShutdown(): void {
    this.counters.close();
    this.redis.disconnect();
  }
}
