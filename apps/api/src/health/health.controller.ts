import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Policy } from '../access/policy.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

interface HealthView {
  readonly status: 'ok' | 'not_ready';
  readonly reason?: string;
}

/** For the machine that runs the process. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  @Get('health')
  @Policy('shell.read')
  health(): HealthView {
    return { status: 'ok' };
  }

  @Get('ready')
  @Policy('shell.read')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthView> {
    const reason = await this.readiness.obstacle();
    if (reason === null) return { status: 'ok' };
    void reply.status(503);
    return { status: 'not_ready', reason };
  }

  @Get('metrics')
  @Policy('shell.metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  all(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
