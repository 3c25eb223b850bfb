import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, Max, Min } from 'class-validator';
import {
  DONOR_KINDS,
  factorBpsMax,
  factorText,
  KINDS,
  MATCH_UNITS,
  dueOf,
  matchWords,
  owedToDonor,
  returnWords,
  type AskView,
  type BoundRow,
  type ExplainedMatch,
  type Kind,
  type MatchPool,
  type MatchPoolDraft,
  type WrittenOff,
} from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import type { MatchOnPage } from './campaign-page.dto.js';
import type {
  BoundPoolView,
  MatchLineView,
  MatchPoolView,
  MatchTermsView,
  WrittenOffView,
} from './match-views.dto.js';
import { IsIdOf, IsInstant, IsLine, IsProse, IsQuantity, Optional } from '../http/validators.js';

const idsMax = 20;
const communitiesMax = 50;

export class ProposeMatchPoolBody {
  @ApiProperty({ maxLength: 120, description: 'full name of the legal body that commits the funds' })
  @IsLine({ min: 2, max: 120 })
  donorName!: string;

  @ApiProperty({ enum: DONOR_KINDS })
  @IsIn(DONOR_KINDS)
  donorKind!: (typeof DONOR_KINDS)[number];

  @ApiProperty({ enum: MATCH_UNITS, description: 'every quantity of the pool is in this unit' })
  @IsIn(MATCH_UNITS)
  unit!: (typeof MATCH_UNITS)[number];

  @ApiProperty({ enum: KINDS, isArray: true, description: 'kinds of help that it matches, of its unit' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(KINDS.length)
  @IsIn(KINDS, { each: true })
  kinds!: Kind[];

  @ApiProperty({ type: 'integer', minimum: 1, maximum: factorBpsMax, description: '10000 is one for one' })
  @IsInt()
  @Min(1)
  @Max(factorBpsMax)
  factorBps!: number;

  @ApiProperty({ example: '2000000' })
  @IsQuantity()
  total!: string;

  @ApiProperty({ example: '500000', description: 'at most this for one campaign' })
  @IsQuantity()
  capPerCampaign!: string;

  @ApiProperty({ example: '30000', description: 'at most this for one person in one campaign' })
  @IsQuantity()
  capPerPerson!: string;

  @Optional({ example: '50000', description: 'owed only if the residents’ own part reaches this' })
  @IsQuantity()
  conditionMinimum?: string;

  @ApiProperty({ example: '2026-12-01T00:00:00+08:00' })
  @IsInstant()
  startsAt!: string;

  @ApiProperty({ example: '2027-06-01T00:00:00+08:00', description: 'the first instant that is not matched' })
  @IsInstant()
  endsAt!: string;

  @ApiProperty({ type: [String], description: 'the communities whose campaigns it may match' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(communitiesMax)
  @IsIdOf('com', { each: true })
  communityIds!: string[];

  @Optional({ type: [String], description: 'people of the donor: they and their households are not matched' })
  @IsArray()
  @ArrayMaxSize(idsMax)
  @IsIdOf('per', { each: true })
  donorPersonIds: string[] = [];

  @Optional({ type: [String], description: 'households of the donor' })
  @IsArray()
  @ArrayMaxSize(idsMax)
  @IsIdOf('hhd', { each: true })
  donorHouseholdIds: string[] = [];

  @Optional({ type: [String], description: 'the donor as partner: its members’ households are not matched' })
  @IsArray()
  @ArrayMaxSize(idsMax)
  @IsIdOf('ptn', { each: true })
  donorPartnerIds: string[] = [];
}

export class BindMatchPoolBody {
  @Optional({
    type: [String],
    description: 'partners that supply the campaign: their members’ households are not matched',
  })
  @IsArray()
  @ArrayMaxSize(idsMax)
  @IsIdOf('ptn', { each: true })
  supplierIds: string[] = [];
}

export class MatchReceiptBody {
  @ApiProperty({
    example: '300000',
    description: 'fen that came; exactly what is due, or after a write-off at most what was confirmed',
  })
  @IsQuantity()
  amount!: string;

  @ApiProperty({ maxLength: 60, description: 'number of the bank’s or the cash box’s voucher' })
  @IsLine({ max: 60 })
  voucher!: string;

  @ApiProperty({ maxLength: 500, description: 'where the proof is kept' })
  @IsProse({ min: 4, max: 500 })
  evidence!: string;

  @ApiProperty({ example: '2026-12-20T10:00:00+08:00' })
  @IsInstant()
  receivedAt!: string;
}

export function poolDraftOf(body: ProposeMatchPoolBody): MatchPoolDraft {
  return {
    ...{ donorName: body.donorName, donorKind: body.donorKind, unit: body.unit, kinds: body.kinds },
    factorBps: body.factorBps,
    total: BigInt(body.total),
    capPerCampaign: BigInt(body.capPerCampaign),
    capPerPerson: BigInt(body.capPerPerson),
    conditionMinimum: BigInt(body.conditionMinimum ?? '0'),
    startsAt: new Date(body.startsAt),
    endsAt: new Date(body.endsAt),
    communityIds: body.communityIds as Id<'com'>[],
    donors: {
      persons: body.donorPersonIds as Id<'per'>[],
      households: body.donorHouseholdIds as Id<'hhd'>[],
      partners: body.donorPartnerIds as Id<'ptn'>[],
    },
  };
}

/** The terms as anybody may read them. Who of the donor is kept out is not among them. */
function termsView(pool: MatchPool): MatchTermsView {
  const { id, donorName, donorKind, unit, kinds, factorBps } = pool;
  return {
    ...{ id, donorName, donorKind, unit, kinds, factorBps, factor: factorText(factorBps) },
    capPerCampaign: pool.capPerCampaign.toString(),
    capPerPerson: pool.capPerPerson.toString(),
    conditionMinimum: pool.conditionMinimum.toString(),
    startsAt: pool.startsAt.toISOString(),
    endsAt: pool.endsAt.toISOString(),
    state: pool.state,
  };
}

export function poolView(pool: MatchPool): MatchPoolView {
  return {
    ...termsView(pool),
    total: pool.total.toString(),
    reserved: pool.reserved.toString(),
    released: pool.released.toString(),
    spent: pool.spent.toString(),
    left: (pool.total - pool.reserved).toString(),
    activeSince: pool.activatedAt?.toISOString() ?? null,
  };
}

export function writtenOffView({ campaignId, amount, reason, at }: WrittenOff): WrittenOffView {
  return { campaignId, amount: amount.toString(), reason, at: at.toISOString() };
}

/** Each word says another thing: owed on a condition, owed on success, owed, received, let go, given back, written off. */
export function boundView({ pool, binding }: BoundRow): BoundPoolView {
  const open = binding.state === 'bound' ? binding.reserved : 0n;
  const isConditional = pool.conditionMinimum > 0n;
  return {
    pool: termsView(pool),
    state: binding.state,
    conditional: (isConditional ? open : 0n).toString(),
    reserved: (isConditional ? 0n : open).toString(),
    confirmed: binding.confirmed.toString(),
    matchDue: dueOf(binding).toString(),
    returned: binding.returned.toString(),
    owedToDonor: owedToDonor(binding).toString(),
    writeOff: binding.writeOff && {
      reason: binding.writeOff.reason,
      at: binding.writeOff.at?.toISOString() ?? null,
    },
    received: binding.received.toString(),
    released: binding.released.toString(),
    residents: binding.residents?.toString() ?? null,
    boundAt: binding.boundAt.toISOString(),
  };
}

export function matchOnPage(row: BoundRow, asks: readonly AskView[]): MatchOnPage {
  const { pool } = row;
  const { conditional, reserved, confirmed, received } = boundView(row);
  const own = asks
    .filter(({ kind }) => pool.kinds.includes(kind))
    .reduce((sum, ask) => sum + ask.reserved, 0n);
  return {
    ...{ poolId: pool.id, donorName: pool.donorName, donorKind: pool.donorKind, unit: pool.unit },
    ...{ factor: factorText(pool.factorBps), own: own.toString() },
    conditionMinimum: pool.conditionMinimum.toString(),
    ...{ conditional, reserved, confirmed, received },
  };
}

export function matchLineView(line: ExplainedMatch): MatchLineView {
  return {
    pledgeId: line.pledgeId,
    poolId: line.pool.id,
    unit: line.pool.unit,
    factorBps: line.pool.factorBps,
    own: line.own.toString(),
    full: line.full.toString(),
    amount: line.amount.toString(),
    code: line.code,
    state: line.state,
    releaseReason: line.reason,
    words: matchWords(line.pool, line),
    returned: line.returned.toString(),
    returns: line.returns.map((back) => ({
      cause: back.cause,
      ownBack: back.ownBack.toString(),
      wanted: back.wanted.toString(),
      amount: back.amount.toString(),
      at: back.at.toISOString(),
      words: returnWords(line.pool, line, back),
    })),
  };
}
