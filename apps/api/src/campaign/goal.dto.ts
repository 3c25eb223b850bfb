import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsDefined, IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { KINDS, LIMITS, type AskDraft, type DraftPart, type GoodsMode, type Kind } from '@hehuo/campaign';
import { IsInstant, IsLine, IsListOf, IsQuantity, Optional } from '../http/validators.js';

export class SlotBody {
  @ApiProperty({ example: '2027-01-09T09:00:00+08:00' })
  @IsInstant()
  startsAt!: string;

  @ApiProperty({ example: '2027-01-09T11:00:00+08:00' })
  @IsInstant()
  endsAt!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: LIMITS.slotCapacityMax, description: 'places' })
  @IsInt()
  @Min(1)
  @Max(LIMITS.slotCapacityMax)
  capacity!: number;
}

export class AskBody {
  @ApiProperty({ enum: KINDS })
  @IsIn(KINDS)
  kind!: Kind;

  @ApiProperty({ maxLength: LIMITS.lineTitleCharactersMax })
  @IsLine({ max: LIMITS.lineTitleCharactersMax })
  title!: string;

  @ApiProperty({ description: 'the campaign succeeds only when every required ask reaches its minimum' })
  @IsDefined()
  @IsBoolean()
  required!: boolean;

  @Optional({
    description: 'minutes, pieces, fen, plans or households; attention: by default the community’s share',
  })
  @IsQuantity()
  minimum?: string;

  @Optional({ description: 'by default the minimum' })
  @IsQuantity()
  wanted?: string;

  @Optional({ description: 'nothing is admitted past it; money: by default what is wanted' })
  @IsQuantity()
  cap?: string;

  @Optional({ description: 'money: always; goods and planning: if wished' })
  @IsQuantity()
  perPersonMax?: string;

  @Optional()
  @IsQuantity()
  perPledgeMax?: string;

  @Optional({
    maxLength: LIMITS.unitLabelCharactersMax,
    description: 'goods: what one is called, such as 把',
  })
  @IsLine({ max: LIMITS.unitLabelCharactersMax })
  unitLabel?: string;

  @Optional({ enum: ['give', 'lend'], description: 'goods' })
  @IsIn(['give', 'lend'])
  goodsMode?: GoodsMode;

  @Optional({ example: '2027-02-01', description: 'lent goods: the day of their return' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a calendar day, YYYY-MM-DD' })
  returnOn?: string;

  @Optional({ maxLength: LIMITS.skillCharactersMax, description: 'skilled work' })
  @IsLine({ max: LIMITS.skillCharactersMax })
  skill?: string;

  @Optional({
    maxLength: LIMITS.credentialCharactersMax,
    description: 'skilled work: the certificate it takes',
  })
  @IsLine({ max: LIMITS.credentialCharactersMax })
  credential?: string;

  @Optional({ type: [SlotBody], maxItems: LIMITS.slotsPerAskMax, description: 'labour and skilled work' })
  @IsListOf(() => SlotBody, LIMITS.slotsPerAskMax)
  slots: SlotBody[] = [];

  draft(): AskDraft {
    const quantity = (text: string | undefined) => (text === undefined ? null : BigInt(text));
    return {
      kind: this.kind,
      title: this.title,
      required: this.required,
      minimum: quantity(this.minimum),
      wanted: quantity(this.wanted),
      cap: quantity(this.cap),
      perPersonMax: quantity(this.perPersonMax),
      perPledgeMax: quantity(this.perPledgeMax),
      unitLabel: this.unitLabel ?? null,
      goodsMode: this.goodsMode ?? null,
      returnOn: this.returnOn ?? null,
      skill: this.skill ?? null,
      credential: this.credential ?? null,
      slots: this.slots.map(({ startsAt, endsAt, capacity }) => ({
        startsAt: new Date(startsAt),
        endsAt: new Date(endsAt),
        capacity,
      })),
    };
  }
}

export class GoalBody {
  @ApiProperty({ type: [AskBody], maxItems: LIMITS.asksMax })
  @IsListOf(() => AskBody, LIMITS.asksMax)
  asks!: AskBody[];

  part(): DraftPart {
    return { part: 'goal', asks: this.asks.map((ask) => ask.draft()) };
  }
}
