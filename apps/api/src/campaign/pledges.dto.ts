import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import type { AskVerdict, Forecast, Pledge, PublicPledge, Snapshot } from '@hehuo/campaign';
import type { AccountView, StatementLine } from '@hehuo/ledger';
import type { AccountLineView, AccountOnBooks, SnapshotView } from './book-views.dto.js';
import { boundView } from './match.dto.js';
import type { PayByHand } from '@hehuo/settlement';
import type {
  AskVerdictView,
  ForecastView,
  PayByHandView,
  PledgeView,
  PublicPledgeView,
} from './pledge-views.dto.js';
import type { Id } from '@hehuo/kernel';
import { PageQuery } from '../http/paging.js';
import { IsIdOf, IsLine, IsPart, IsProse, IsQuantity, Optional } from '../http/validators.js';

const placesMax = 20;
const ideaCharactersMax = 2000;
const evidenceCharactersMax = 300;

export class MyPledgesQuery extends PageQuery {
  @Optional({ type: String, description: 'what I promised to this campaign', example: 'cmp_01…' })
  @IsIdOf('cmp')
  campaignId?: Id<'cmp'>;
}

export class OnBehalfBody {
  @ApiProperty({ example: 'per_01…', description: 'whose pledge it is' })
  @IsIdOf('per')
  personId!: string;

  @ApiProperty({
    maxLength: evidenceCharactersMax,
    description: 'how the person agreed, such as a signed slip',
  })
  @IsLine({ min: 4, max: evidenceCharactersMax })
  consentEvidence!: string;
}

export class PlacePledgeBody {
  @ApiProperty({ example: 'ask_01…' })
  @IsIdOf('ask')
  askId!: string;

  @Optional({ description: 'on labour and skilled work: the slot', example: 'slt_01…' })
  @IsIdOf('slt')
  slotId?: string;

  @Optional({
    type: 'integer',
    minimum: 1,
    maximum: placesMax,
    default: 1,
    description: 'how many people come',
  })
  @IsInt()
  @Min(1)
  @Max(placesMax)
  places: number = 1;

  @Optional({ type: 'string', example: '10000', description: 'on money in fen, on goods in pieces' })
  @IsQuantity()
  quantity?: string;

  @Optional({ maxLength: ideaCharactersMax, description: 'on planning: the idea' })
  @IsProse({ max: ideaCharactersMax })
  text?: string;

  @Optional({ default: false, description: 'the public sees no name' })
  @IsBoolean()
  anonymous: boolean = false;

  @Optional({ type: OnBehalfBody, description: 'entered by staff or a trusted neighbour for somebody else' })
  @IsPart(() => OnBehalfBody)
  onBehalfOf?: OnBehalfBody;
}

/** Everything in JSON is a string, a number that cannot grow, a boolean or null; amounts are strings. */
export function pledgeView(pledge: Pledge): PledgeView {
  const { id, campaignId, askId, slotId, kind, places, state, anonymous } = pledge;
  return {
    id,
    campaignId,
    askId,
    slotId,
    kind,
    quantity: pledge.quantity.toString(),
    places,
    state,
    anonymous,
    onBehalf: pledge.submittedBy !== pledge.personId,
    payBy: pledge.payBy?.toISOString() ?? null,
    createdAt: pledge.createdAt.toISOString(),
  };
}

/** On a pledge of an offline campaign that awaits its money: what to write on the transfer, and to whom. */
export function byHandView(byHand: PayByHand | null): PayByHandView | null {
  if (!byHand) return null;
  const { reference, accountOwner, amount, until } = byHand;
  return { reference, accountOwner, amount: amount.toString(), until: until?.toISOString() ?? null };
}

export function publicPledgeView(pledge: PublicPledge, name: string | undefined): PublicPledgeView {
  const { id, askId, kind, state, onBehalf } = pledge;
  return {
    id,
    askId,
    kind,
    quantity: pledge.quantity.toString(),
    state,
    onBehalf,
    name: pledge.personId === null ? null : (name ?? null),
    createdAt: pledge.createdAt.toISOString(),
  };
}

/** Without the moment that it was made at: it stands in the header `Date`, and pages that poll would never get a 304. */
export function forecastView(forecast: Forecast): ForecastView {
  return {
    campaignId: forecast.campaignId,
    outcome: forecast.outcome,
    asks: forecast.asks.map(verdictView),
    matches: forecast.matches.map(({ residents, release, ...row }) => ({
      ...boundView(row),
      residents: residents.toString(),
      ifItClosedNow: release ?? 'confirmed',
    })),
  };
}

function verdictView(ask: AskVerdict): AskVerdictView {
  const { askId, kind, title, required, met } = ask;
  return {
    askId,
    kind,
    title,
    required,
    met,
    minimum: ask.minimum.toString(),
    wanted: ask.wanted.toString(),
    promised: ask.reserved.toString(),
    held: ask.held.toString(),
    counted: ask.counted.toString(),
    short: ask.short.toString(),
  };
}

export function snapshotView(snapshot: Snapshot): SnapshotView {
  const { stage, outcome, asks } = snapshot;
  return {
    stage,
    outcome,
    asks: [...asks],
    pledges: snapshot.pledges.toString(),
    decidedAt: snapshot.decidedAt.toISOString(),
  };
}

export function accountView(account: AccountView): AccountOnBooks {
  const { unit, code, owner } = account;
  return {
    account: `${unit}/${code}/${owner}`,
    unit,
    code,
    owner,
    debits: account.debitsPosted.toString(),
    credits: account.creditsPosted.toString(),
    balance: (account.creditsPosted - account.debitsPosted).toString(),
    pending: (account.creditsPending - account.debitsPending).toString(),
  };
}

export function lineView(line: StatementLine): AccountLineView {
  return {
    seq: line.seq.toString(),
    at: line.at.toISOString(),
    reason: line.reason,
    ref: line.ref,
    transfers: line.transfers,
    debit: line.debit.toString(),
    credit: line.credit.toString(),
    pending: line.pending.toString(),
    balanceAfter: line.balanceAfter.toString(),
    pendingAfter: line.pendingAfter.toString(),
  };
}
