import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Min } from 'class-validator';
import { IsInstant, IsLine, IsPart, IsQuantity, Optional } from '../http/validators.js';

const instant = { type: String, format: 'date-time' } as const;

export class ShareBody {
  @ApiProperty({ example: 1 })
  @IsInt()
  @Min(1)
  numerator!: number;

  @ApiProperty({ example: 5 })
  @IsInt()
  @Min(1)
  denominator!: number;
}

export class PolicyBody {
  @ApiProperty({ description: 'the version that was read; 0 for the defaults' })
  @IsInt()
  @Min(0)
  after!: number;

  @ApiProperty({ type: ShareBody, description: 'part of the households whose attention convenes a meeting' })
  @IsPart(() => ShareBody)
  attentionShare!: ShareBody;

  @ApiProperty({ description: 'days of public notice', example: 7 })
  @IsInt()
  noticeDays!: number;

  @ApiProperty({ description: 'hours in which promised money is collected', example: 72 })
  @IsInt()
  collectionHours!: number;

  @ApiProperty({ description: 'longest campaign in days', example: 60 })
  @IsInt()
  campaignDaysMax!: number;

  @Optional({ description: 'most fen of one person in one campaign; no limit without it', example: '50000' })
  @IsQuantity()
  moneyPerPersonMax?: string;

  @ApiProperty({ description: 'minutes that are shown as a day of work', example: 360 })
  @IsInt()
  workdayMinutes!: number;

  @Optional({ description: 'now without it' })
  @IsInstant()
  effectiveFrom?: string;

  @ApiProperty({ description: 'who decided it' })
  @IsLine({ min: 2, max: 500 })
  reason!: string;
}

export class PolicyView {
  @ApiProperty({ description: '0 is the platform’s default' })
  version!: number;

  @ApiProperty({ type: ShareBody })
  attentionShare!: { readonly numerator: number; readonly denominator: number };

  @ApiProperty()
  noticeDays!: number;

  @ApiProperty()
  collectionHours!: number;

  @ApiProperty()
  campaignDaysMax!: number;

  @ApiProperty({ type: String, nullable: true, description: 'fen' })
  moneyPerPersonMax!: string | null;

  @ApiProperty()
  workdayMinutes!: number;
}

export class PolicyVersionView extends PolicyView {
  @ApiProperty(instant)
  effectiveFrom!: Date;

  @ApiProperty()
  reason!: string;
}

export class PolicyHistory {
  @ApiProperty({ type: PolicyView })
  current!: PolicyView;

  @ApiProperty({ type: [PolicyVersionView], description: 'newest first, those to come too' })
  items!: readonly PolicyVersionView[];
}

export class PolicyChanged {
  @ApiProperty()
  version!: number;
}
