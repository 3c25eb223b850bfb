import { Controller, Get, Header, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

interface StatusView {
  readonly status: 'ok' | 'not_ready';
  readonly reason?: string;
}

/** All that the worker says over HTTP, to the machine that runs it. Keep the port inside the private network. */
@Controller()
export class StatusController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  @Get('health')
  health(): StatusView {
    return { status: 'ok' };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<StatusView> {
    const reason = await this.readiness.obstacle();
    if (reason === null) return { status: 'ok' };
    void reply.status(503);
    return { status: 'not_ready', reason };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async all(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
