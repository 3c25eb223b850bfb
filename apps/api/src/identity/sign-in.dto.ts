import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, Matches } from 'class-validator';
import { IsLine, Optional } from '../http/validators.js';

export class RequestCodeBody {
  @ApiProperty({ description: 'mainland mobile number', example: '13812345678' })
  @IsLine({ max: 20 })
  phone!: string;
}

export class CodeRequestedView {
  @ApiProperty({ description: 'seconds until another code can be asked for', example: 60 })
  resendAfterSeconds!: number;

  @ApiProperty({ description: 'seconds for which the code works', example: 300 })
  expiresInSeconds!: number;
}

const KEEPS = ['token', 'cookie'] as const;
type Keep = (typeof KEEPS)[number];
const keep = {
  enum: KEEPS,
  default: 'token',
  description: 'browsers ask for a cookie that scripts cannot read; programs keep the token themselves',
};

export class SignInBody {
  @ApiProperty({ example: '13812345678' })
  @IsLine({ max: 20 })
  phone!: string;

  @ApiProperty({ description: 'the six digits that came by SMS', example: '123456' })
  @Matches(/^[0-9]{6}$/, { message: 'must be the six digits of the message' })
  code!: string;

  @Optional({ description: 'true when the privacy notice in force was ticked', default: false })
  @IsBoolean()
  acceptsPrivacyNotice: boolean = false;

  @Optional(keep)
  @IsIn(KEEPS)
  keep: Keep = 'token';
}

export class StaffSignInBody {
  @ApiProperty({ example: 'wang.staff' })
  @IsLine({ max: 60 })
  login!: string;

  @ApiProperty()
  @IsLine({ max: 128 })
  password!: string;

  @ApiProperty({ description: 'six digits of the authenticator app', example: '123456' })
  @Matches(/^[0-9]{6}$/, { message: 'must be the six digits of the authenticator app' })
  totp!: string;

  @Optional(keep)
  @IsIn(KEEPS)
  keep: Keep = 'token';
}

export class SecondFactorBody {
  @ApiProperty({
    description:
      'staff: six digits of the authenticator app; residents: a new code from POST /v1/sign-in/codes',
  })
  @Matches(/^[0-9]{6}$/, { message: 'must be six digits' })
  code!: string;
}

export class SignedInView {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'send it as "Authorization: Bearer <token>"; it is shown once. null where a cookie holds it',
  })
  token!: string | null;

  @ApiProperty({ example: 'ses_01hf7yat00000000000000000' })
  sessionId!: string;

  @ApiProperty({ example: 'per_01hf7yat00000000000000000' })
  personId!: string;

  @ApiProperty({ description: 'slides while the session is used', type: String, format: 'date-time' })
  expiresAt!: Date;

  @ApiProperty({ description: 'the session ends here in any case', type: String, format: 'date-time' })
  endsAt!: Date;

  @ApiProperty({ description: 'true the first time this number signs in' })
  isNew!: boolean;
}

export class StaffSignedInView extends SignedInView {
  @ApiProperty({ description: 'the password was given by somebody else: change it now' })
  mustChangePassword!: boolean;
}
