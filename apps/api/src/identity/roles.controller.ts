import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CommunityError, ReadCommunity } from '@hehuo/community';
import { isId, type Id } from '@hehuo/kernel';
import { ChangeRole, EnrolStaff, GrantRole, ListRoles, ReadPeople, type Actor } from '@hehuo/identity';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, pageOf } from '../http/paging.js';
import {
  CreatedView,
  EnrolStaffBody,
  GrantRoleBody,
  RoleGrantPage,
  RoleGrantQuery,
  StaffEnrolmentView,
} from './roles.dto.js';

@ApiTags('roles')
@ApiBearerAuth()
@Controller('v1')
export class RolesController {
  constructor(
    private readonly grants: GrantRole,
    private readonly changes: ChangeRole,
    private readonly roles: ListRoles,
    private readonly people: ReadPeople,
    private readonly enrolments: EnrolStaff,
    private readonly communities: ReadCommunity,
  ) {}

  @Get('role-grants')
  @Policy('role.read')
  @ApiOperation({ summary: 'who holds which role, in one state' })
  @ApiOkResponse({ type: RoleGrantPage })
  async list(@Query() query: RoleGrantQuery): Promise<RoleGrantPage> {
    const after = keysetOf(query.cursor, [(part) => isId('rol', part)])?.[0] ?? '';
    const rows = await this.roles.execute({ state: query.state, after, limit: query.limit + 1 });
    const names = await this.people.names(rows.map(({ personId }) => personId));
    return pageOf(
      rows,
      query.limit,
      ({ id }) => [id],
      ({ version: _version, ...row }) => ({ ...row, maskedName: names.get(row.personId)?.masked ?? '' }),
    );
  }

  @Post('role-grants')
  @Policy('role.grant')
  @ApiOperation({ summary: 'grant a role; a fund approver waits for a second admin' })
  @ApiCreatedResponse({ type: CreatedView })
  async grant(@Who() actor: Actor, @Body() body: GrantRoleBody): Promise<CreatedView> {
    const { personId, role, communityId = null } = body;
    // Identity knows communities by id only: a slip in the id would be a role that nobody can use and nobody sees.
    if (communityId !== null && !(await this.communities.byId(communityId))) {
      throw new CommunityError('community_not_found', 'there is no such community');
    }
    return { id: await this.grants.execute({ actor, personId, role, communityId }) };
  }

  @Post('role-grants/:id/confirm')
  @Policy('role.grant')
  @HttpCode(204)
  @ApiOperation({ summary: 'confirm a role over money that another admin proposed' })
  @ApiNoContentResponse()
  async confirm(@Who() actor: Actor, @Param('id', IdOf('rol')) grantId: Id<'rol'>): Promise<void> {
    await this.changes.execute({ actor, grantId, event: 'confirm' });
  }

  @Delete('role-grants/:id')
  @Policy('role.grant')
  @HttpCode(204)
  @ApiOperation({ summary: 'take a role back, or drop a proposal' })
  @ApiNoContentResponse()
  async withdraw(@Who() actor: Actor, @Param('id', IdOf('rol')) grantId: Id<'rol'>): Promise<void> {
    await this.changes.execute({ actor, grantId, event: 'withdraw' });
  }

  @Post('staff')
  @Policy('staff.enrol')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'give a person a staff login; ends their sessions, replaces an older login' })
  @ApiCreatedResponse({ type: StaffEnrolmentView })
  enrol(@Who() actor: Actor, @Body() body: EnrolStaffBody): Promise<StaffEnrolmentView> {
    return this.enrolments.execute({ actor, personId: body.personId, login: body.login });
  }
}
