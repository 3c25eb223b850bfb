import { ApiProperty } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import type { Id } from '@hehuo/kernel';
import {
  EVIDENCE_KINDS,
  LEGAL_STATUSES,
  PARTNER_KINDS,
  type EvidenceKind,
  type LegalStatus,
  type MemberDuty,
  type PartnerKind,
  type PartnerState,
} from '@hehuo/identity';
import { PageQuery } from '../http/paging.js';
import { IsIdOf, IsLine, IsListOf, IsProse, Optional } from '../http/validators.js';

const STATES = ['applied', 'verified', 'refused', 'suspended', 'withdrawn'] as const;
const instant = { type: String, format: 'date-time' } as const;

export class EvidenceBody {
  @ApiProperty({ enum: EVIDENCE_KINDS })
  @IsIn(EVIDENCE_KINDS)
  kind!: EvidenceKind;

  @ApiProperty({ description: 'number or title of the document' })
  @IsLine({ max: 200 })
  reference!: string;

  @Optional({ description: 'last valid day, YYYY-MM-DD' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a day as YYYY-MM-DD' })
  validUntil?: string;
}

export class PartnerBody {
  @ApiProperty({ enum: PARTNER_KINDS, description: 'the first three are bodies, the others natural persons' })
  @IsIn(PARTNER_KINDS)
  kind!: PartnerKind;

  @ApiProperty({ description: 'name in the public list' })
  @IsLine({ min: 2, max: 120 })
  name!: string;

  @ApiProperty({ enum: LEGAL_STATUSES })
  @IsIn(LEGAL_STATUSES)
  legalStatus!: LegalStatus;

  @Optional({ description: 'unified social credit code of a registered body' })
  @Matches(/^[0-9A-Z]{18}$/, { message: 'must be the 18 characters of the unified social credit code' })
  registrationNo?: string;

  @ApiProperty({ description: 'what the partner does for communities' })
  @IsProse({ max: 1000 })
  about!: string;

  @Optional({ type: [EvidenceBody] })
  @IsListOf(() => EvidenceBody, 10)
  evidence: EvidenceBody[] = [];
}

export class PartnerQuery extends PageQuery {
  @Optional({ enum: STATES, default: 'verified', description: 'other states than verified are for staff' })
  @IsIn(STATES)
  state: PartnerState = 'verified';

  @Optional({ enum: PARTNER_KINDS })
  @IsIn(PARTNER_KINDS)
  kind?: PartnerKind;
}

export class ReasonBody {
  @ApiProperty({ description: 'what the applicant is told' })
  @IsLine({ min: 2, max: 500 })
  reason!: string;
}

export class PartnerMemberBody {
  @ApiProperty({ type: String })
  @IsIdOf('per')
  personId!: Id<'per'>;

  @Optional({ enum: ['owner', 'member'], default: 'member' })
  @IsIn(['owner', 'member'])
  duty: MemberDuty = 'member';
}

export class PartnerItem {
  @ApiProperty()
  id!: string;

  @ApiProperty({ enum: ['group', 'independent'] })
  group!: string;

  @ApiProperty({ enum: PARTNER_KINDS })
  kind!: string;

  @ApiProperty({ description: 'of a natural person masked, unless they agreed to publish it' })
  name!: string;

  @ApiProperty({ enum: LEGAL_STATUSES })
  legalStatus!: string;

  @ApiProperty({ type: String, nullable: true })
  registrationNo!: string | null;

  @ApiProperty()
  about!: string;

  @ApiProperty({ enum: STATES })
  state!: string;

  @ApiProperty(instant)
  createdAt!: Date;
}

export class EvidenceItem {
  @ApiProperty()
  id!: string;

  @ApiProperty({ enum: EVIDENCE_KINDS })
  kind!: string;

  @ApiProperty()
  reference!: string;

  @ApiProperty({ type: String, nullable: true })
  validUntil!: string | null;

  @ApiProperty()
  addedBy!: string;

  @ApiProperty(instant)
  createdAt!: Date;
}

export class PartnerDetailView extends PartnerItem {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'why it was refused or suspended; for members and staff',
  })
  reason!: string | null;

  @ApiProperty({ type: [EvidenceItem], description: 'for members and staff; empty for others' })
  evidence!: readonly EvidenceItem[];
}

export class MyPartnerItem extends PartnerItem {
  @ApiProperty({ enum: ['owner', 'member'] })
  duty!: string;

  @ApiProperty({ type: String, nullable: true, description: 'why it was refused or suspended' })
  reason!: string | null;
}

export class MyPartnerList {
  @ApiProperty({ type: [MyPartnerItem] })
  items!: readonly MyPartnerItem[];
}

export class PartnerPage {
  @ApiProperty({ type: [PartnerItem] })
  items!: readonly PartnerItem[];

  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

export class PartnerMemberItem {
  @ApiProperty()
  personId!: string;

  @ApiProperty({ example: '王**' })
  maskedName!: string;

  @ApiProperty({ enum: ['owner', 'member'] })
  duty!: string;

  @ApiProperty(instant)
  since!: Date;
}

export class PartnerMemberList {
  @ApiProperty({ type: [PartnerMemberItem] })
  items!: readonly PartnerMemberItem[];
}
