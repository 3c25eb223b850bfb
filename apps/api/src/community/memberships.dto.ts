import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  Matches,
  Max,
  Min,
} from 'class-validator';
import type { Id } from '@hehuo/kernel';
import { doorCodesMax, MEMBERSHIP_STATES, trustDaysMax, type MembershipState } from '@hehuo/community';
import { PageQuery } from '../http/paging.js';
import { IsIdOf, IsLine, Optional } from '../http/validators.js';

const instant = { type: String, format: 'date-time' } as const;

export class JoinBody {
  @ApiProperty({ type: String })
  @IsIdOf('com')
  communityId!: Id<'com'>;

  @Optional({
    description: 'the code on the notice at the door; without it give `estateId` and `door`',
    example: 'K7MR-42VX',
  })
  @IsLine({ max: 20 })
  doorCode?: string;

  @Optional({ type: String })
  @IsIdOf('est')
  estateId?: Id<'est'>;

  @Optional({ example: '1栋1单元101' })
  @IsLine({ max: 60 })
  door?: string;

  @Optional({ description: 'a word to the staff who verify' })
  @IsLine({ max: 200 })
  note?: string;
}

export class JoinedView {
  @ApiProperty()
  membershipId!: string;

  @ApiProperty({
    enum: ['requested', 'verified'],
    description: 'a minor always waits for a guardian and staff',
  })
  state!: string;
}

export class MembershipItem {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  communityId!: string;

  @ApiProperty()
  personId!: string;

  @ApiProperty({ example: '王**' })
  maskedName!: string;

  @ApiProperty({ type: String, nullable: true, example: '138****1234' })
  maskedPhone!: string | null;

  @ApiProperty()
  householdId!: string;

  @ApiProperty()
  estateName!: string;

  @ApiProperty({ example: '1栋1单元101' })
  door!: string;

  @ApiProperty({ enum: MEMBERSHIP_STATES })
  state!: string;

  @ApiProperty({ enum: ['door_code', 'staff'], nullable: true })
  basis!: string | null;

  @ApiProperty({ enum: ['adult', 'teen', 'child'], description: 'today, in the zone of the community' })
  ageClass!: string;

  @ApiProperty({ type: String, nullable: true })
  guardianId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'why it was refused or ended' })
  reason!: string | null;

  @ApiProperty(instant)
  createdAt!: Date;

  @ApiProperty({ ...instant, nullable: true })
  reviewedAt!: Date | null;

  @ApiProperty({ ...instant, nullable: true })
  endedAt!: Date | null;
}

export class MyMemberships {
  @ApiProperty({ type: [MembershipItem] })
  items!: readonly MembershipItem[];

  @ApiProperty({ type: [MembershipItem], description: 'minors that I stand in for' })
  wards!: readonly MembershipItem[];

  @ApiProperty({ type: [MembershipItem], description: 'minors of my household who wait for a guardian' })
  unguarded!: readonly MembershipItem[];
}

export class MembershipPage {
  @ApiProperty({ type: [MembershipItem] })
  items!: readonly MembershipItem[];

  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

export class MembershipQuery extends PageQuery {
  @Optional({ enum: MEMBERSHIP_STATES, default: 'requested' })
  @IsIn(MEMBERSHIP_STATES)
  state: MembershipState = 'requested';
}

export class GuardianBody {
  @ApiProperty({ description: 'true: I agree, as guardian, to the handling of the minor’s data' })
  @IsBoolean()
  agrees!: boolean;
}

export class EndBody {
  @Optional()
  @IsLine({ max: 500 })
  reason?: string;
}

export class DoorCodesBody {
  @ApiProperty({ type: [String], maxItems: doorCodesMax })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(doorCodesMax)
  @IsIdOf('hhd', { each: true })
  householdIds!: Id<'hhd'>[];

  @Optional({
    type: 'integer',
    minimum: 1,
    maximum: 20,
    default: 6,
    description: 'how many people can join by one code',
  })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(20)
  uses: number = 6;

  @Optional({ type: 'integer', minimum: 1, maximum: 60, default: 14, description: 'days for which it works' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(60)
  days: number = 14;
}

export class DoorCodeItem {
  @ApiProperty()
  householdId!: string;

  @ApiProperty()
  estateName!: string;

  @ApiProperty()
  door!: string;

  @ApiProperty({ description: 'shown once: print it now', example: 'K7MR-42VX' })
  code!: string;
}

export class DoorCodeList {
  @ApiProperty({ type: [DoorCodeItem] })
  items!: readonly DoorCodeItem[];
}

export class ResidentBody {
  @ApiProperty({ type: String })
  @IsIdOf('hhd')
  householdId!: Id<'hhd'>;

  @ApiProperty({ example: '李秀英' })
  @IsLine({ max: 40 })
  name!: string;

  @Optional({ description: 'left out for somebody without a telephone' })
  @IsLine({ max: 20 })
  phone?: string;

  @ApiProperty({ example: '1944-03-04' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a day as YYYY-MM-DD' })
  birthDate!: string;

  @Optional({ type: String, description: 'of a minor: a verified adult of the household' })
  @IsIdOf('per')
  guardianId?: Id<'per'>;

  @ApiProperty({ description: 'the privacy notice (and the guardian’s agreement) was signed on paper' })
  @IsBoolean()
  signedOnPaper!: boolean;
}

export class ResidentView {
  @ApiProperty()
  personId!: string;

  @ApiProperty()
  membershipId!: string;
}

export class RevealedView {
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true })
  phone!: string | null;

  @ApiProperty({ type: String, nullable: true })
  birthDate!: string | null;
}

export class BirthDateBody {
  @ApiProperty({ example: '1990-05-06' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a day as YYYY-MM-DD' })
  birthDate!: string;

  @ApiProperty({ description: 'which document was looked at' })
  @IsLine({ min: 2, max: 500 })
  reason!: string;
}

export class TrustBody {
  @ApiProperty({ type: String })
  @IsIdOf('per')
  personId!: Id<'per'>;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: trustDaysMax })
  @IsInt()
  @Min(1)
  @Max(trustDaysMax)
  days!: number;
}

export class TrustItem {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  personId!: string;

  @ApiProperty({ example: '王**' })
  maskedName!: string;

  @ApiProperty()
  grantedBy!: string;

  @ApiProperty(instant)
  until!: Date;

  @ApiProperty(instant)
  createdAt!: Date;
}

export class TrustPage {
  @ApiProperty({ type: [TrustItem] })
  items!: readonly TrustItem[];

  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}
