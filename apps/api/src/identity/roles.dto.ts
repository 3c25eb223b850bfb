import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { Id } from '@hehuo/kernel';
import { ROLES, type Role, type RoleGrantState } from '@hehuo/identity';
import { PageQuery } from '../http/paging.js';
import { IsIdOf, IsLine, Optional } from '../http/validators.js';

const GRANT_STATES = ['proposed', 'active', 'withdrawn'] as const;
const instant = { type: String, format: 'date-time' } as const;

export class GrantRoleBody {
  @ApiProperty({ type: String })
  @IsIdOf('per')
  personId!: Id<'per'>;

  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  role!: Role;

  @Optional({ type: String, description: 'without it the role counts on the whole platform' })
  @IsIdOf('com')
  communityId?: Id<'com'>;
}

export class RoleGrantQuery extends PageQuery {
  @Optional({ enum: GRANT_STATES, default: 'active' })
  @IsIn(GRANT_STATES)
  state: RoleGrantState = 'active';
}

export class RoleGrantItem {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  personId!: string;

  @ApiProperty({ example: '王**' })
  maskedName!: string;

  @ApiProperty({ enum: ROLES })
  role!: string;

  @ApiProperty({ type: String, nullable: true })
  communityId!: string | null;

  @ApiProperty({ enum: GRANT_STATES })
  state!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'null: on the command line, when the platform was set up',
  })
  grantedBy!: string | null;

  @ApiProperty({ type: String, nullable: true })
  confirmedBy!: string | null;

  @ApiProperty(instant)
  createdAt!: Date;

  @ApiProperty({ ...instant, nullable: true })
  endedAt!: Date | null;
}

export class RoleGrantPage {
  @ApiProperty({ type: [RoleGrantItem] })
  items!: readonly RoleGrantItem[];

  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

export class CreatedView {
  @ApiProperty()
  id!: string;
}

export class EnrolStaffBody {
  @ApiProperty({ type: String })
  @IsIdOf('per')
  personId!: Id<'per'>;

  @ApiProperty({ description: '3 to 40 small letters, digits, dots or dashes', example: 'wang.staff' })
  @IsLine({ max: 40 })
  login!: string;
}

export class StaffEnrolmentView {
  @ApiProperty()
  login!: string;

  @ApiProperty({ description: 'shown once; to be changed at the first sign-in' })
  password!: string;

  @ApiProperty({ description: 'text of the QR code for an authenticator app; shown once' })
  totpUri!: string;
}
