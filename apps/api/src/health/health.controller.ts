import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Redis } from 'ioredis';
import { Policy } from '../access/policy.js';
import { REDIS } from '../observability/tokens.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

interface HealthView {
  readonly status: 'ok' | 'not_ready';
  readonly reason?: string;
  /** Told only when Redis does not answer: work is then done by sweepers, later but all of it. */
  readonly redis?: 'away';
}

/** For the machine that runs the process. */
@ApiTags('machine')
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
    @Inject(REDIS) private readonly redis: Redis,
  ) {
    const help = '1 when Redis answers; without it nothing is lost, only later';
    metrics.addReading('hehuo_redis_up', help, () => Promise.resolve(this.isRedisAway() ? 0 : 1));
  }

  @Get('health')
  @Policy('shell.read', { unlimited: true })
  @ApiOperation({ summary: 'the process is alive' })
  health(): HealthView {
    return { status: 'ok' };
  }

  @Get('ready')
  @Policy('shell.read', { unlimited: true })
  @ApiOperation({ summary: 'the process can serve: the database takes writes and it is not about to stop' })
  @ApiServiceUnavailableResponse({ description: 'not now; `reason` says why' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthView> {
    const reason = await this.readiness.obstacle();
    const redis = this.isRedisAway() ? ({ redis: 'away' } as const) : {};
    if (reason === null) return { status: 'ok', ...redis };
    void reply.status(503);
    return { status: 'not_ready', reason, ...redis };
  }

  @Get('metrics')
  @Policy('shell.metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'measurements for Prometheus' })
  @ApiProduces('text/plain')
  all(): Promise<string> {
    return this.metrics.registry.metrics();
  }

  private isRedisAway(): boolean {
    return this.redis.status !== 'ready';
  }
}
