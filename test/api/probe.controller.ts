import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsBoolean, IsIn, IsInt, Max, Min, ValidateNested } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import type { Actor } from '@hehuo/identity';
import { currentContext, IdempotencyStore, sqlOf } from '@hehuo/platform';
import type { PolicyName } from '../../apps/api/src/access/policies.js';
import { Policy } from '../../apps/api/src/access/policy.js';
import type { PolicyTable } from '../../apps/api/src/access/policy-rule.js';
import { Who, WhoIfAny } from '../../apps/api/src/access/who.js';
import { IdOf } from '../../apps/api/src/http/id.pipe.js';
import { keysetOf, pageOf, PageQuery, type Page } from '../../apps/api/src/http/paging.js';
import { IsIdOf, IsLine, IsProse, IsQuantity, Optional } from '../../apps/api/src/http/validators.js';
import { answerOnce, bodyHash, IdempotencyKey } from '../../apps/api/src/idempotency/idempotency-key.js';

export const PROBE_POLICIES: PolicyTable = {
  'probe.open': { who: 'anyone' },
  'probe.signed_in': { who: 'signed_in' },
  'probe.staff': { who: 'role', roles: ['community_staff'] },
  'probe.fresh': { who: 'role', roles: ['fund_approver'], secondFactor: true },
  'probe.partner': { who: 'partner' },
  'probe.signature': { who: 'signature' },
};
const named = (name: string): PolicyName => name as PolicyName;

class ProbePart {
  @ApiProperty()
  @IsLine({ max: 10 })
  label!: string;
}

export class ProbeBody {
  @ApiProperty()
  @IsIdOf('ask')
  askId!: string;

  @ApiProperty({ example: '3600' })
  @IsQuantity()
  quantity!: string;

  @ApiProperty({ enum: ['pay_now', 'offline'] })
  @IsIn(['pay_now', 'offline'])
  mode!: string;

  @ApiProperty()
  @IsBoolean()
  anonymous!: boolean;

  @Optional({ type: 'integer' })
  @IsInt()
  @Min(1)
  @Max(9)
  places?: number;

  @Optional()
  @IsLine({ max: 20 })
  title?: string;

  @Optional()
  @IsProse({ max: 40 })
  story?: string;

  @Optional({ type: [ProbePart] })
  @Type(() => ProbePart)
  @ValidateNested({ each: true })
  @ArrayMaxSize(3)
  parts?: ProbePart[];
}

class ProbeView {
  @ApiProperty()
  actor!: string;

  @ApiProperty()
  quantity!: string;
}

/** Routes that use every part of the shell, for the tests of the shell alone. */
@Controller('v1/probe')
export class ProbeController {
  private version = 1;
  private done = 0;
  /** The slow route has begun, and may end: tests of a stop hold a request in the middle. */
  readonly slowHasStarted: Promise<void>;
  letSlowEnd: () => void = () => undefined;
  private slowStarted: () => void = () => undefined;
  private readonly slowMayEnd: Promise<void>;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: IdempotencyStore,
  ) {
    this.slowHasStarted = new Promise((resolve) => (this.slowStarted = resolve));
    this.slowMayEnd = new Promise((resolve) => (this.letSlowEnd = resolve));
  }

  @Post('bodies')
  @Policy(named('probe.signed_in'))
  @ApiCreatedResponse({ type: ProbeView })
  body(@Who() who: Actor, @Body() body: ProbeBody): ProbeView {
    return { actor: who.personId, quantity: body.quantity };
  }

  @Post('once')
  @Policy(named('probe.signed_in'))
  async once(
    @Who() { personId }: Actor,
    @IdempotencyKey() key: string,
    @Body() body: ProbeBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ done: number }> {
    const request = { personId, route: 'POST /v1/probe/once', key, hash: bodyHash(body) };
    const work = (): Promise<{ done: number }> => Promise.resolve({ done: (this.done += 1) });
    return answerOnce(reply, await this.unitOfWork.run((tx) => this.idempotency.once(tx, request, work)));
  }

  @Get('items')
  @Policy(named('probe.open'))
  items(@Query() { cursor, limit }: PageQuery): Page<{ n: number }> {
    const after = Number(keysetOf(cursor, [(part) => /^\d+$/.test(part)])?.[0] ?? 0);
    const rows = Array.from({ length: limit + 1 }, (_, at) => after + at + 1).filter((n) => n <= 45);
    return pageOf(
      rows,
      limit,
      (n) => [String(n)],
      (n) => ({ n }),
    );
  }

  @Get('items/:id')
  @Policy(named('probe.open'))
  item(@Param('id', IdOf('cmp')) id: Id<'cmp'>): { id: string } {
    return { id };
  }

  @Get('polled')
  @Policy(named('probe.open'), { polled: true })
  polled(): { version: number } {
    return { version: this.version };
  }

  @Post('polled')
  @HttpCode(204)
  @Policy(named('probe.open'))
  change(): void {
    this.version += 1;
  }

  @Get('who')
  @Policy(named('probe.open'))
  @ApiOkResponse()
  who(@WhoIfAny() who: Actor | null): { who: string | null; context: string } {
    return { who: who?.personId ?? null, context: currentContext().actor };
  }

  @Get('staff')
  @Policy(named('probe.staff'))
  staff(): string {
    return 'staff';
  }

  @Get('fresh')
  @Policy(named('probe.fresh'))
  fresh(): string {
    return 'fresh';
  }

  @Get('partner')
  @Policy(named('probe.partner'))
  partner(): string {
    return 'partner';
  }

  @Post('signed')
  @Policy(named('probe.signature'), { rawBody: true })
  signed(@Req() request: FastifyRequest): { bytes: number } {
    return { bytes: request.rawBody?.length ?? 0 };
  }

  @Get('rare')
  @Policy(named('probe.open'), { requestsPerMinute: 3 })
  rare(): string {
    return 'rare';
  }

  @Get('broken')
  @Policy(named('probe.open'))
  broken(): never {
    throw new Error('secret detail of the inside');
  }

  @Get('slow')
  @Policy(named('probe.open'))
  async slow(): Promise<string> {
    this.slowStarted();
    await this.slowMayEnd;
    return 'done';
  }

  @Get('database')
  @Policy(named('probe.open'))
  database(): Promise<unknown> {
    return this.unitOfWork.run((tx) => sqlOf(tx).rows('SELECT 1 AS one'));
  }

  @Get('bigint')
  @Policy(named('probe.open'))
  bigint(): { amount: bigint } {
    return { amount: 1n };
  }
}
