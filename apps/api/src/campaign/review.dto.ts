import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import {
  LIMITS,
  REVIEW_ITEMS,
  VERDICTS,
  type ObjectionView as Objection,
  type ReviewedItem,
  type ReviewItem,
  type ReviewLine as Line,
  type ReviewVerdict,
} from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import { IsIdOf, IsListOf, IsProse, Optional } from '../http/validators.js';

const instant = { type: String, format: 'date-time' } as const;

export class VerdictBody {
  @ApiProperty({ enum: REVIEW_ITEMS })
  @IsIn(REVIEW_ITEMS)
  item!: ReviewItem;

  @ApiProperty({
    enum: VERDICTS,
    description: 'not_applicable: only costs and money, where no money is asked for',
  })
  @IsIn(VERDICTS)
  verdict!: ReviewVerdict;

  @Optional({
    maxLength: LIMITS.reasonCharactersMax,
    description: 'what is to be changed; needed with "fix"',
  })
  @IsProse({ max: LIMITS.reasonCharactersMax })
  reason?: string;
}

export class ReviewBody {
  @Optional({ type: [VerdictBody], maxItems: REVIEW_ITEMS.length })
  @IsListOf(() => VerdictBody, REVIEW_ITEMS.length)
  items: VerdictBody[] = [];

  verdicts(): ReviewedItem[] {
    return this.items.map(({ item, verdict, reason = null }) => ({ item, verdict, reason }));
  }
}

export class CustodyBody {
  @ApiProperty({ type: String, example: 'cus_01…' })
  @IsIdOf('cus')
  custodyAccountId!: Id<'cus'>;
}

export class ReviewLineView {
  @ApiProperty({ type: 'integer' }) round!: number;
  @ApiProperty({ enum: REVIEW_ITEMS }) item!: string;
  @ApiProperty({ enum: VERDICTS }) verdict!: string;
  @ApiProperty({ type: String, nullable: true }) reason!: string | null;
  @ApiProperty({ example: '李**' }) reviewer!: string;
  @ApiProperty(instant) at!: string;
}

export class ReviewView {
  @ApiProperty({ type: [ReviewLineView], description: 'newest round first' }) items!: ReviewLineView[];
}

export class ObjectionBody {
  @ApiProperty({ maxLength: LIMITS.objectionCharactersMax })
  @IsProse({ max: LIMITS.objectionCharactersMax })
  text!: string;
}

export class ObjectionAnswerBody {
  @ApiProperty({ maxLength: LIMITS.objectionCharactersMax })
  @IsProse({ max: LIMITS.objectionCharactersMax })
  answer!: string;
}

export class ObjectionCreated {
  @ApiProperty() id!: string;
}

export class ObjectionItem {
  @ApiProperty() id!: string;
  @ApiProperty({ type: 'integer' }) round!: number;
  @ApiProperty({ example: '王**' }) by!: string;
  @ApiProperty() mine!: boolean;
  @ApiProperty() text!: string;
  @ApiProperty({ enum: ['open', 'answered', 'withdrawn'] }) state!: string;
  @ApiProperty({ type: String, nullable: true }) answer!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '李**' }) answeredBy!: string | null;
  @ApiProperty({ ...instant, nullable: true }) answeredAt!: string | null;
  @ApiProperty(instant) createdAt!: string;
}

export class ObjectionPage {
  @ApiProperty({ type: [ObjectionItem] }) items!: ObjectionItem[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

export function reviewLine({ at, ...line }: Line): ReviewLineView {
  return { ...line, at: at.toISOString() };
}

export function objectionItem({ answeredAt, createdAt, ...objection }: Objection): ObjectionItem {
  return {
    ...objection,
    answeredAt: answeredAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
