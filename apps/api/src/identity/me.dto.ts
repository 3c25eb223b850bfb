import { ApiProperty } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import { CONSENT_KINDS, ROLES } from '@hehuo/identity';
import { IsLine, Optional } from '../http/validators.js';
import { WordsView } from '../http/words-view.dto.js';

const instant = { type: String, format: 'date-time' } as const;

export class RoleView {
  @ApiProperty({ enum: ROLES })
  role!: string;

  @ApiProperty({ type: String, nullable: true, description: 'null is the whole platform' })
  communityId!: string | null;
}

export class ProfileView {
  @ApiProperty()
  id!: string;

  @ApiProperty({ example: '王**' })
  maskedName!: string;

  @ApiProperty({ type: String, nullable: true, example: '138****1234' })
  maskedPhone!: string | null;

  @ApiProperty()
  hasName!: boolean;

  @ApiProperty({
    enum: ['adult', 'teen', 'child'],
    nullable: true,
    description: 'null until a birth date is given',
  })
  ageClass!: string | null;

  @ApiProperty({ enum: ['zh-CN', 'en'] })
  locale!: string;

  @ApiProperty(instant)
  createdAt!: Date;

  @ApiProperty({ type: [RoleView] })
  roles!: readonly RoleView[];

  @ApiProperty({ type: [String], description: 'verified partners that the person acts for' })
  partnerIds!: readonly string[];

  @ApiProperty({ ...instant, nullable: true })
  secondFactorAt!: Date | null;

  @ApiProperty({ enum: CONSENT_KINDS, isArray: true, description: 'open consents to the version in force' })
  consents!: readonly string[];
}

export class ProfileBody {
  @Optional({ description: 'real name as on a document', example: '王小明' })
  @IsLine({ max: 40 })
  name?: string;

  @Optional({ description: 'YYYY-MM-DD; can be given once', example: '1990-05-06' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a day as YYYY-MM-DD' })
  birthDate?: string;

  @Optional({ enum: ['zh-CN', 'en'] })
  @IsIn(['zh-CN', 'en'])
  locale?: 'zh-CN' | 'en';
}

export class PasswordBody {
  @ApiProperty()
  @IsLine({ max: 128 })
  current!: string;

  @ApiProperty({ description: '12 to 128 characters, not the login' })
  @IsLine({ max: 128 })
  next!: string;
}

export class SessionItem {
  @ApiProperty()
  id!: string;

  @ApiProperty({ enum: ['phone', 'staff'] })
  kind!: string;

  @ApiProperty({ example: 'iPhone · WeChat' })
  device!: string;

  @ApiProperty(instant)
  createdAt!: Date;

  @ApiProperty(instant)
  seenAt!: Date;

  @ApiProperty(instant)
  expiresAt!: Date;

  @ApiProperty({ description: 'the session of this request' })
  current!: boolean;
}

export class SessionList {
  @ApiProperty({ type: [SessionItem] })
  items!: readonly SessionItem[];
}

export class EndedView {
  @ApiProperty({ description: 'how many sessions ended' })
  ended!: number;
}

export class SessionsQuery {
  @Optional({
    enum: ['others', 'all'],
    default: 'others',
    description: 'keep the session of this request or end it too',
  })
  @IsIn(['others', 'all'])
  which: 'others' | 'all' = 'others';
}

export class ConsentBody {
  @ApiProperty({ enum: CONSENT_KINDS })
  @IsIn(CONSENT_KINDS)
  kind!: string;

  @ApiProperty({
    description: 'the version that was read, as GET /v1/consents/terms names it',
    example: '2026-11',
  })
  @IsLine({ max: 20 })
  version!: string;

  @Optional({ description: 'who receives the data; for hand_over only' })
  @IsLine({ max: 120 })
  receiver?: string;
}

export class ConsentItem {
  @ApiProperty()
  id!: string;

  @ApiProperty({ enum: CONSENT_KINDS })
  kind!: string;

  @ApiProperty()
  version!: string;

  @ApiProperty({ description: 'empty where the consent names nobody' })
  receiver!: string;

  @ApiProperty({ description: 'the person the consent is about' })
  personId!: string;

  @ApiProperty({ description: 'the person, or the guardian of a child' })
  givenBy!: string;

  @ApiProperty(instant)
  givenAt!: Date;

  @ApiProperty({ ...instant, nullable: true })
  withdrawnAt!: Date | null;
}

export class ConsentList {
  @ApiProperty({ type: [ConsentItem] })
  items!: readonly ConsentItem[];
}

export class ConsentTermsItem {
  @ApiProperty({ enum: CONSENT_KINDS })
  kind!: string;

  @ApiProperty()
  version!: string;

  @ApiProperty()
  namesReceiver!: boolean;

  @ApiProperty({
    type: WordsView,
    example: { 'zh-CN': '我已阅读隐私说明', en: 'I have read the privacy notice' },
  })
  label!: { readonly 'zh-CN': string; readonly en: string };
}

export class ConsentTermsList {
  @ApiProperty({ type: [ConsentTermsItem] })
  items!: readonly ConsentTermsItem[];
}

export class MyDataView {
  @ApiProperty()
  personId!: string;

  @ApiProperty(instant)
  writtenAt!: Date;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'everything that is held on the person, by context',
  })
  data!: Readonly<Record<string, unknown>>;
}
