import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ReceiveCallback } from '@hehuo/payment';
import { Policy } from '../access/policy.js';
import { HttpProblem } from '../problem/http-problem.js';

/** A mass refund of a large campaign brings this many callbacks from one address. */
const callbacksPerMinute = 60_000;

@ApiTags('payments')
@Controller('v1/gateways')
export class CallbacksController {
  constructor(private readonly receive: ReceiveCallback) {}

  /** 200 only after the callback is stored for good; anything else makes the gateway come again. */
  @Post(':gateway/callbacks')
  @HttpCode(200)
  @Policy('gateway.callback', { rawBody: true, requestsPerMinute: callbacksPerMinute })
  @ApiOperation({ summary: 'where a payment gateway tells what happened; signed by it' })
  @ApiOkResponse()
  async take(@Param('gateway') gateway: string, @Req() request: FastifyRequest): Promise<{ taken: true }> {
    const { rawBody: body, headers } = request;
    if (!body) throw new HttpProblem('malformed_request', 'a callback has a body');
    await this.receive.execute(gateway, { headers, body });
    return { taken: true };
  }
}
