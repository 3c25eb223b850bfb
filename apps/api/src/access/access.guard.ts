import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '@hehuo/identity';
import { Clock } from '@hehuo/kernel';
import { ApiConfig } from '@hehuo/platform';
import { HttpProblem } from '../problem/http-problem.js';
import { secondFactorMinutes, type PolicyRule, type PolicyTable } from './policy-rule.js';
import { SessionCookie } from './session-cookie.js';
import { SessionResolver } from './session-resolver.js';
import { POLICY_TABLE } from './tokens.js';

const BEARER = /^Bearer ([A-Za-z0-9._~+/-]{16,200}=*)$/i;
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

export function signInRequired(): HttpProblem {
  return new HttpProblem('sign_in_required', 'sign in and send the token as "Authorization: Bearer <token>"');
}

function crossSite(): HttpProblem {
  return new HttpProblem(
    'cross_site_request',
    'with the cookie of a session only pages of this site may change anything; programs send a bearer token',
  );
}

/** Finds out who calls and whether the route's policy lets them in. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly sessions: SessionResolver,
    private readonly cookie: SessionCookie,
    private readonly clock: Clock,
    private readonly config: ApiConfig,
    @Inject(POLICY_TABLE) private readonly policies: PolicyTable,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const rule = this.ruleOf(request);
    if (rule.who === 'signature') return true;
    if (rule.who === 'operator') return this.isOperator(request);
    const { authorization } = request.headers;
    const isByCookie = authorization === undefined;
    const token = isByCookie ? this.cookie.tokenOf(request) : BEARER.exec(authorization)?.[1];
    const isOurs = !isByCookie || this.cookie.mayActFor(request);
    const actor = token === undefined || !isOurs ? null : await this.sessions.resolve(token);
    if (actor) {
      request.actor = actor;
      request.work.actor = actor.personId;
    }
    // An ended session must not keep anybody from reading what is open, nor from signing in again.
    if (rule.who === 'anyone') return true;
    if (token !== undefined && !isOurs) throw crossSite();
    if (!actor) throw signInRequired();
    this.admit(actor, rule);
    return true;
  }

  private ruleOf(request: FastifyRequest): PolicyRule {
    const { policy = '' } = request.routeOptions.config;
    const rule = this.policies[policy];
    if (!rule) throw new Error(`policy "${policy}" is not in the table`);
    return rule;
  }

  private admit(actor: Actor, rule: Extract<PolicyRule, { who: 'signed_in' | 'role' | 'partner' }>): void {
    if (rule.who === 'role' && !actor.roles.some((grant) => rule.roles.includes(grant.role))) {
      throw new HttpProblem('forbidden', `this needs the role ${rule.roles.join(' or ')}`);
    }
    if (rule.who === 'partner' && actor.partnerIds.length === 0) {
      throw new HttpProblem('forbidden', 'this is for members of a partner; ask the partner to add you');
    }
    if (rule.secondFactor && !this.isFresh(actor.secondFactorAt)) {
      const advice = `show your second factor; it counts for ${secondFactorMinutes} minutes`;
      throw new HttpProblem('second_factor_required', advice, { minutes: secondFactorMinutes });
    }
  }

  private isFresh(shownAt: Date | null): boolean {
    const ageMs = shownAt ? this.clock.now().getTime() - shownAt.getTime() : Infinity;
    return ageMs <= secondFactorMinutes * 60_000;
  }

  // A proxy on this machine also comes from the loopback address, so a forwarded request is never the machine itself.
  private isOperator(request: FastifyRequest): boolean {
    const wanted = this.config.METRICS_TOKEN;
    const given = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (wanted !== undefined && given !== undefined && isSame(wanted, given)) return true;
    const isForwarded =
      request.headers['x-forwarded-for'] !== undefined || request.headers['forwarded'] !== undefined;
    if (!isForwarded && LOOPBACK.test(request.socket.remoteAddress ?? '')) return true;
    if (given === undefined) throw signInRequired();
    throw new HttpProblem('forbidden', 'this is for the operator of the machine');
  }
}

function isSame(wanted: string, given: string): boolean {
  const [a, b] = [Buffer.from(wanted), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
