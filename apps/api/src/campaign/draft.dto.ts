import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, Matches, Max, Min, ValidateIf } from 'class-validator';
import {
  BLOCKED_CATEGORIES,
  CATEGORIES,
  FAILURE_POLICIES,
  LEGAL_TYPES,
  LIMITS,
  PAYMENT_MODES,
  SCOPE_CHANGE_POLICIES,
  SURPLUS_POLICIES,
  type DraftPart,
  type FailurePolicy,
  type LegalType,
  type PaymentMode,
  type ScopeChangePolicy,
  type SurplusPolicy,
} from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import { IsIdOf, IsLine, IsListOf, IsPart, IsProse, IsQuantity, Optional } from '../http/validators.js';

/** Blocked categories are read, so that the answer can give the reason and the way out. */
const ALL_CATEGORIES = [...CATEGORIES, ...BLOCKED_CATEGORIES, 'undecided'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const orNull = ValidateIf((_dto, value) => value !== null);

export class CreateDraftBody {
  @Optional({ type: String, description: 'the need that it grows from' })
  @IsIdOf('ned')
  needId?: Id<'ned'>;

  @Optional({ enum: ALL_CATEGORIES })
  @IsIn(ALL_CATEGORIES)
  category?: string;
}

/** A draft may be unfinished: every text may still be empty. */
export class StoryBody {
  @ApiProperty({ maxLength: LIMITS.titleCharactersMax })
  @IsLine({ min: 0, max: LIMITS.titleCharactersMax })
  title!: string;

  @ApiProperty({ maxLength: LIMITS.leadCharactersMax, description: 'one sentence' })
  @IsLine({ min: 0, max: LIMITS.leadCharactersMax })
  lead!: string;

  @ApiProperty({ maxLength: LIMITS.storyCharactersMax })
  @IsProse({ min: 0, max: LIMITS.storyCharactersMax })
  story!: string;

  @ApiProperty({ maxLength: LIMITS.beneficiariesCharactersMax, description: 'who gains from it' })
  @IsProse({ min: 0, max: LIMITS.beneficiariesCharactersMax })
  beneficiaries!: string;

  @ApiProperty({ enum: ALL_CATEGORIES })
  @IsIn(ALL_CATEGORIES)
  category!: string;

  part(): DraftPart {
    const { title, lead, story, beneficiaries, category } = this;
    return { part: 'story', title, lead, story, beneficiaries, category };
  }
}

export class PlaceBody {
  @ApiProperty({ maxLength: LIMITS.placeCharactersMax })
  @IsLine({ min: 0, max: LIMITS.placeCharactersMax })
  placeText!: string;

  part(): DraftPart {
    return { part: 'place', placeText: this.placeText };
  }
}

export class PlanBody {
  @ApiProperty({ maxLength: LIMITS.planCharactersMax })
  @IsProse({ min: 0, max: LIMITS.planCharactersMax })
  plan!: string;

  @ApiProperty({ maxLength: LIMITS.risksCharactersMax, description: 'what can go wrong, and what then' })
  @IsProse({ min: 0, max: LIMITS.risksCharactersMax })
  risks!: string;

  part(): DraftPart {
    return { part: 'plan', plan: this.plan, risks: this.risks };
  }
}

export class CostLineBody {
  @ApiProperty({ maxLength: LIMITS.lineTitleCharactersMax })
  @IsLine({ max: LIMITS.lineTitleCharactersMax })
  title!: string;

  @ApiProperty({ example: '360000', description: 'fen' })
  @IsQuantity()
  amount!: string;
}

export class CostsBody {
  @ApiProperty({ type: [CostLineBody], maxItems: LIMITS.costLinesMax })
  @IsListOf(() => CostLineBody, LIMITS.costLinesMax)
  lines!: CostLineBody[];

  part(): DraftPart {
    return {
      part: 'costs',
      lines: this.lines.map(({ title, amount }) => ({ title, amount: BigInt(amount) })),
    };
  }
}

export class MilestoneBody {
  @ApiProperty({ maxLength: LIMITS.lineTitleCharactersMax })
  @IsLine({ max: LIMITS.lineTitleCharactersMax })
  title!: string;

  @ApiProperty({ example: '2027-01-10' })
  @Matches(DAY, { message: 'must be a calendar day, YYYY-MM-DD' })
  dueOn!: string;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: LIMITS.sharesBps,
    description: 'hundredths of a percent',
  })
  @IsInt()
  @Min(0)
  @Max(LIMITS.sharesBps)
  shareBps!: number;
}

export class MilestonesBody {
  @ApiProperty({ type: [MilestoneBody], maxItems: LIMITS.milestonesMax })
  @IsListOf(() => MilestoneBody, LIMITS.milestonesMax)
  steps!: MilestoneBody[];

  part(): DraftPart {
    return { part: 'milestones', steps: this.steps };
  }
}

export class ExtensionBody {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: LIMITS.extensionDaysMax,
    description: '0: no extension',
  })
  @IsInt()
  @Min(0)
  @Max(LIMITS.extensionDaysMax)
  daysMax!: number;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100 })
  @IsInt()
  @Min(0)
  @Max(100)
  reachedPercent!: number;
}

export class RulesBody {
  @ApiProperty({ enum: LEGAL_TYPES })
  @IsIn(LEGAL_TYPES)
  legalType!: LegalType;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'only for public_charity: the https page where it is paid',
  })
  @orNull
  @IsLine({ max: LIMITS.externalUrlCharactersMax })
  externalUrl!: string | null;

  @ApiProperty({ enum: PAYMENT_MODES, nullable: true, description: 'null where no money is asked for' })
  @orNull
  @IsIn(PAYMENT_MODES)
  paymentMode!: PaymentMode | null;

  @ApiProperty({ enum: FAILURE_POLICIES })
  @IsIn(FAILURE_POLICIES)
  failurePolicy!: FailurePolicy;

  @ApiProperty({ enum: SURPLUS_POLICIES })
  @IsIn(SURPLUS_POLICIES)
  surplusPolicy!: SurplusPolicy;

  @ApiProperty({ enum: SCOPE_CHANGE_POLICIES })
  @IsIn(SCOPE_CHANGE_POLICIES)
  scopeChangePolicy!: ScopeChangePolicy;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-12-24T20:00',
    description: 'local time of the community, or an instant with its offset',
  })
  @orNull
  @IsLine({ max: 40 })
  deadline!: string | null;

  @ApiProperty({ type: 'integer', minimum: LIMITS.collectionHoursMin, maximum: LIMITS.collectionHoursMax })
  @IsInt()
  @Min(LIMITS.collectionHoursMin)
  @Max(LIMITS.collectionHoursMax)
  collectionHours!: number;

  @ApiProperty({ type: ExtensionBody })
  @IsPart(() => ExtensionBody)
  extension!: ExtensionBody;

  part(): DraftPart {
    const { legalType, externalUrl, paymentMode, failurePolicy, surplusPolicy, scopeChangePolicy } = this;
    const { deadline, collectionHours, extension } = this;
    const policies = { failurePolicy, surplusPolicy, scopeChangePolicy };
    return {
      part: 'rules',
      legalType,
      externalUrl,
      paymentMode,
      ...policies,
      deadline,
      collectionHours,
      extension: { ...extension },
    };
  }
}
