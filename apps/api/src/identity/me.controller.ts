import { Body, Controller, Delete, Get, Header, HttpCode, Patch, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ChangeMe, ChangePassword, DeleteMyAccount, ExportMyData, ReadMe, type Actor } from '@hehuo/identity';
import { Policy } from '../access/policy.js';
import { SessionCookie } from '../access/session-cookie.js';
import { Who } from '../access/who.js';
import { MyDataView, PasswordBody, ProfileBody, ProfileView } from './me.dto.js';

@ApiTags('me')
@ApiBearerAuth()
@Controller('v1/me')
export class MeController {
  constructor(
    private readonly profile: ReadMe,
    private readonly changes: ChangeMe,
    private readonly passwords: ChangePassword,
    private readonly exports: ExportMyData,
    private readonly deletion: DeleteMyAccount,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  @Policy('me.read')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'who I am here: masked name and number, roles, consents' })
  @ApiOkResponse({ type: ProfileView })
  read(@Who() actor: Actor): Promise<ProfileView> {
    return this.profile.execute({ actor });
  }

  @Patch()
  @Policy('me.change')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'give my name, my birth date (once) or my language' })
  @ApiOkResponse({ type: ProfileView })
  async change(@Who() actor: Actor, @Body() body: ProfileBody): Promise<ProfileView> {
    await this.changes.execute({ actor, changes: body });
    return this.profile.execute({ actor });
  }

  @Put('password')
  @Policy('me.password', { requestsPerMinute: 30 })
  @HttpCode(204)
  @ApiOperation({ summary: 'change the own staff password; ends the other sessions' })
  @ApiNoContentResponse()
  async changePassword(@Who() actor: Actor, @Body() body: PasswordBody): Promise<void> {
    await this.passwords.execute({ actor, current: body.current, next: body.next });
  }

  @Get('export')
  @Policy('me.read', { requestsPerMinute: 10 })
  @Header('cache-control', 'no-store')
  @Header('content-disposition', 'attachment; filename="hehuo-my-data.json"')
  @ApiOperation({ summary: 'everything that is held on me, as JSON' })
  @ApiOkResponse({ type: MyDataView })
  export(@Who() actor: Actor): Promise<MyDataView> {
    return this.exports.execute({ actor });
  }

  @Delete()
  @Policy('me.delete')
  @HttpCode(204)
  @ApiOperation({
    summary: 'close my account',
    description:
      '409 `obligations_open` names what has to be finished first. Needs a second factor of the last 5 minutes.',
  })
  @ApiNoContentResponse()
  async delete(@Who() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.deletion.execute({ actor });
    this.cookie.clear(reply);
  }
}
