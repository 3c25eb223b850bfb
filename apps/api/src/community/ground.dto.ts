import { ApiProperty } from '@nestjs/swagger';
import type { Id } from '@hehuo/kernel';
import { PageQuery } from '../http/paging.js';
import { IsIdOf, IsLine, Optional } from '../http/validators.js';

const next = {
  type: String,
  nullable: true,
  description: 'pass it as `cursor`; null on the last page',
} as const;

export class RegionQuery extends PageQuery {
  @Optional({ type: String, description: 'the region to look below; the cities without it' })
  @IsIdOf('reg')
  parentId?: Id<'reg'>;
}

export class RegionItem {
  @ApiProperty()
  id!: string;

  @ApiProperty({ enum: ['city', 'district', 'street'] })
  kind!: string;

  @ApiProperty({ type: String, nullable: true })
  parentId!: string | null;

  @ApiProperty({ example: '温江区' })
  name!: string;

  @ApiProperty({ example: '成都市/温江区' })
  path!: string;
}

export class RegionPage {
  @ApiProperty({ type: [RegionItem] })
  items!: readonly RegionItem[];

  @ApiProperty(next)
  next!: string | null;
}

export class CommunityQuery extends PageQuery {
  @Optional({ description: 'a part of the name', example: '城北' })
  @IsLine({ max: 40 })
  name?: string;

  @Optional({ type: String, description: 'communities of this street' })
  @IsIdOf('reg')
  streetId?: Id<'reg'>;
}

export class CommunityItem {
  @ApiProperty()
  id!: string;

  @ApiProperty({ example: '城北社区' })
  name!: string;

  @ApiProperty({ description: 'city, district, street and community' })
  path!: string;

  @ApiProperty({ description: 'IANA time zone; deadlines are shown in it', example: 'Asia/Shanghai' })
  timeZone!: string;

  @ApiProperty({ description: 'households by the community’s own count', example: 2866 })
  householdCount!: number;

  @ApiProperty()
  streetId!: string;

  @ApiProperty({ type: String, nullable: true, description: 'telephone of the committee' })
  phone!: string | null;
}

export class CommunityPage {
  @ApiProperty({ type: [CommunityItem] })
  items!: readonly CommunityItem[];

  @ApiProperty(next)
  next!: string | null;
}

export class EstateItem {
  @ApiProperty()
  id!: string;

  @ApiProperty({ example: '书院雅居' })
  name!: string;
}

export class EstatePage {
  @ApiProperty({ type: [EstateItem] })
  items!: readonly EstateItem[];

  @ApiProperty(next)
  next!: string | null;
}

export class GridItem {
  @ApiProperty()
  id!: string;

  @ApiProperty({ enum: ['general', 'micro'] })
  kind!: string;

  @ApiProperty({ type: String, nullable: true, description: 'the general grid of a micro grid' })
  parentId!: string | null;

  @ApiProperty()
  name!: string;
}

export class GridPage {
  @ApiProperty({ type: [GridItem] })
  items!: readonly GridItem[];

  @ApiProperty(next)
  next!: string | null;
}

export class HouseholdQuery extends PageQuery {
  @Optional({ type: String, description: 'households of this estate' })
  @IsIdOf('est')
  estateId?: Id<'est'>;
}

export class HouseholdItem {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  estateId!: string;

  @ApiProperty()
  estateName!: string;

  @ApiProperty({ type: String, nullable: true })
  gridId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  gridName!: string | null;

  @ApiProperty({ description: 'for staff of the community only', example: '1栋1单元101' })
  door!: string;

  @ApiProperty({ description: 'verified members at this moment' })
  members!: number;
}

export class HouseholdPage {
  @ApiProperty({ type: [HouseholdItem] })
  items!: readonly HouseholdItem[];

  @ApiProperty(next)
  next!: string | null;
}
