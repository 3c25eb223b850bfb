import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Gateways, ReceiveCallback } from '@hehuo/payment';
import { Policy } from '../access/policy.js';
import { HttpProblem } from '../problem/http-problem.js';

/** A mass refund of a large campaign brings this many callbacks from one address. */
const callbacksPerMinute = 60_000;

/** What a gateway wants to hear; each knows one of the words, and Alipay a text. */
export class AcknowledgementView {
  @ApiProperty({ required: false, example: 'SUCCESS' }) code?: string;
  @ApiProperty({ required: false }) taken?: boolean;
}

const Acknowledged = ApiOkResponse({
  description: 'stored for good, in the words of the gateway',
  content: {
    'application/json': { schema: { $ref: getSchemaPath(AcknowledgementView) } },
    'text/plain': { schema: { type: 'string', example: 'success' } },
  },
});

/** Where gateways tell what happened. 200 only after it is stored for good; anything else makes them come again. */
@ApiTags('payments')
@ApiExtraModels(AcknowledgementView)
@Controller('v1/gateways')
export class CallbacksController {
  constructor(
    private readonly receive: ReceiveCallback,
    private readonly gateways: Gateways,
  ) {}

  @Post(':gateway/callbacks')
  @HttpCode(200)
  @Policy('gateway.callback', { rawBody: true, requestsPerMinute: callbacksPerMinute })
  @ApiOperation({
    summary: 'where a gateway with one address for all merchants tells what happened; signed by it',
  })
  @Acknowledged
  take(
    @Param('gateway') gateway: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.accept(gateway, null, request, reply);
  }

  @Post(':gateway/callbacks/:merchant')
  @HttpCode(200)
  @Policy('gateway.callback', { rawBody: true, requestsPerMinute: callbacksPerMinute })
  @ApiOperation({ summary: 'where a gateway tells what happened at one merchant account; signed by it' })
  @Acknowledged
  takeOfMerchant(
    @Param('gateway') gateway: string,
    @Param('merchant') merchantRef: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.accept(gateway, merchantRef, request, reply);
  }

  private async accept(
    gateway: string,
    merchantRef: string | null,
    { rawBody: body, headers }: FastifyRequest,
    reply: FastifyReply,
  ): Promise<string> {
    if (!body) throw new HttpProblem('malformed_request', 'a callback has a body');
    await this.receive.execute(gateway, { merchantRef, headers, body });
    const { acknowledgement } = this.gateways.get(gateway);
    void reply.type(acknowledgement.contentType);
    return acknowledgement.body;
  }
}
