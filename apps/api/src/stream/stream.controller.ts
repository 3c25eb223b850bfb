import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAnnouncementId } from '@hehuo/platform';
import { Policy } from '../access/policy.js';
import { Readiness } from '../health/readiness.js';
import { HttpProblem } from '../problem/http-problem.js';
import { StreamHub } from './stream-hub.js';
import { StreamQuery } from './stream.query.js';

const listenersMax = 5_000;
const listenersOfAddressMax = 100;
const retryAfterSeconds = 10;

@ApiTags('stream')
@Controller('v1/stream')
export class StreamController {
  private readonly ofAddress = new Map<string, number>();

  constructor(
    private readonly hub: StreamHub,
    private readonly readiness: Readiness,
  ) {}

  @Get()
  @Policy('shell.read', { longLived: true })
  @ApiOperation({
    summary: 'what changed, by id only, as server-sent events',
    description:
      'Events: `change` with `{ "topic", "ref" }`: read the object again; `reset`: something may have been missed, ' +
      'read again what you show; `hello`: the stream begins here. Reconnect with Last-Event-ID and nothing is missed.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'the last id that was received' })
  async listen(
    @Query() { ref }: StreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (lastEventId !== undefined && !isAnnouncementId(lastEventId)) {
      const advice = 'begin again without Last-Event-ID; it must be an id that this stream gave';
      throw new HttpProblem('validation_failed', advice, {
        errors: [{ pointer: 'Last-Event-ID', message: 'must look like 1763900000000-0' }],
      });
    }
    this.takePlace(request.ip);
    reply.raw.once('close', () => this.leavePlace(request.ip));
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // A proxy that gathers the answer before it passes it on would hold the news back.
      'x-accel-buffering': 'no',
    });
    await this.hub.join(reply.raw, new Set(ref), lastEventId ?? null);
  }

  private takePlace(address: string): void {
    if (this.readiness.isLeaving)
      throw new HttpProblem('stopping', 'connect again in a moment', { retryAfterSeconds });
    const open = this.ofAddress.get(address) ?? 0;
    if (this.hub.size >= listenersMax || open >= listenersOfAddressMax) {
      throw new HttpProblem('busy', 'too many open streams; close some, or read without the stream', {
        retryAfterSeconds,
      });
    }
    this.ofAddress.set(address, open + 1);
  }

  private leavePlace(address: string): void {
    const left = (this.ofAddress.get(address) ?? 1) - 1;
    if (left > 0) this.ofAddress.set(address, left);
    else this.ofAddress.delete(address);
  }
}
