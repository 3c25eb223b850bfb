import { Body, Controller, Header, Headers, HttpCode, Ip, Post, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ApiAcceptedResponse } from '@nestjs/swagger';
import {
  ProveSecondFactor,
  RequestCode,
  SignIn,
  SignInStaff,
  type Actor,
  type SignedIn,
} from '@hehuo/identity';
import type { FastifyReply } from 'fastify';
import { Policy } from '../access/policy.js';
import { SessionCookie } from '../access/session-cookie.js';
import { Who } from '../access/who.js';
import {
  CodeRequestedView,
  RequestCodeBody,
  SecondFactorBody,
  SignedInView,
  SignInBody,
  StaffSignedInView,
  StaffSignInBody,
} from './sign-in.dto.js';

@ApiTags('sign-in')
@Controller('v1')
export class SignInController {
  constructor(
    private readonly codes: RequestCode,
    private readonly signIns: SignIn,
    private readonly staffSignIns: SignInStaff,
    private readonly proofs: ProveSecondFactor,
    private readonly cookie: SessionCookie,
  ) {}

  @Post('sign-in/codes')
  @Policy('sign-in.enter', { requestsPerMinute: 60 })
  @HttpCode(202)
  @ApiOperation({
    summary: 'send a one-time code to a phone',
    description:
      'Answers alike for a known and an unknown number. `code_too_soon` and `too_many_codes` are 429.',
  })
  @ApiAcceptedResponse({ type: CodeRequestedView })
  requestCode(@Body() body: RequestCodeBody, @Ip() address: string): Promise<CodeRequestedView> {
    return this.codes.execute({ phone: body.phone, address });
  }

  @Post('sign-in')
  @Policy('sign-in.enter', { requestsPerMinute: 60 })
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'sign in with the code; the first time makes the account' })
  @ApiCreatedResponse({ type: SignedInView })
  async signIn(
    @Body() { keep, ...body }: SignInBody,
    @Ip() address: string,
    @Headers('user-agent') userAgent: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInView> {
    const signedIn = await this.signIns.execute({ ...body, address, userAgent });
    return keep === 'cookie' ? this.inCookie(signedIn, reply) : signedIn;
  }

  @Post('sign-in/staff')
  @Policy('sign-in.enter', { requestsPerMinute: 30 })
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'sign in as staff, with password and authenticator; the session carries the roles',
  })
  @ApiCreatedResponse({ type: StaffSignedInView })
  async signInStaff(
    @Body() { keep, ...body }: StaffSignInBody,
    @Ip() address: string,
    @Headers('user-agent') userAgent: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StaffSignedInView> {
    const signedIn = await this.staffSignIns.execute({ ...body, address, userAgent });
    return keep === 'cookie' ? this.inCookie(signedIn, reply) : signedIn;
  }

  @Post('sessions/second-factor')
  @Policy('session.prove', { requestsPerMinute: 30 })
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'prove once more who is there, for acts that demand it within 5 minutes' })
  @ApiNoContentResponse()
  async prove(@Who() actor: Actor, @Body() body: SecondFactorBody): Promise<void> {
    await this.proofs.execute({ actor, code: body.code });
  }

  private inCookie<View extends SignedIn>(
    view: View,
    reply: FastifyReply,
  ): Omit<View, 'token'> & { token: null } {
    this.cookie.set(reply, view.token, view.endsAt);
    return { ...view, token: null };
  }
}
