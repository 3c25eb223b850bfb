import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Policy } from '../access/policy.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

interface HealthView {
  readonly status: 'ok' | 'not_ready';
  readonly reason?: string;
}

/** For the machine that runs the process. */
@ApiTags('machine')
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

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
    if (reason === null) return { status: 'ok' };
    void reply.status(503);
    return { status: 'not_ready', reason };
  }

  @Get('metrics')
  @Policy('shell.metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'measurements for Prometheus' })
  @ApiProduces('text/plain')
  all(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
