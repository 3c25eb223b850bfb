import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiProperty,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Redis } from 'ioredis';
import { Policy } from '../access/policy.js';
import { REDIS } from '../observability/tokens.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

export class HealthView {
  @ApiProperty({ enum: ['ok', 'not_ready'] }) status!: 'ok' | 'not_ready';
  @ApiProperty({ required: false, description: 'why it is not ready' }) reason?: string;
  /** Work is then done by sweepers, later but all of it. */
  @ApiProperty({ enum: ['away'], required: false, description: 'told only when Redis does not answer' })
  redis?: 'away';
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
  @ApiOkResponse({ type: HealthView })
  health(): HealthView {
    return { status: 'ok' };
  }

  @Get('ready')
  @Policy('shell.read', { unlimited: true })
  @ApiOperation({ summary: 'the process can serve: the database takes writes and it is not about to stop' })
  @ApiOkResponse({ type: HealthView })
  @ApiServiceUnavailableResponse({ type: HealthView, description: 'not now; `reason` says why' })
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
  @ApiOkResponse({ schema: { type: 'string' } })
  all(): Promise<string> {
    return this.metrics.registry.metrics();
  }

  private isRedisAway(): boolean {
    return this.redis.status !== 'ready';
  }
}
