import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '@hehuo/kernel';
import { ApiConfig } from '@hehuo/platform';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The session of a browser: a cookie that no script can read and that no other site's request carries. Programs send
 * the token as bearer instead. The prefix `__Host-` ties the cookie to this host; browsers take it over https only.
 */
@Injectable()
export class SessionCookie {
  private readonly origin: string;
  readonly name: string;
  private readonly attributes: string;
  private readonly pattern: RegExp;

  constructor(
    config: ApiConfig,
    private readonly clock: Clock,
  ) {
    this.origin = new URL(config.PUBLIC_URL).origin;
    const isHttps = this.origin.startsWith('https:');
    this.name = `${isHttps ? '__Host-' : ''}hehuo_session`;
    this.attributes = `Path=/; HttpOnly; SameSite=Strict${isHttps ? '; Secure' : ''}`;
    this.pattern = new RegExp(`(?:^|;\\s*)${this.name}=([A-Za-z0-9._~+/-]{16,200}=*)(?:;|$)`);
  }

  tokenOf(request: FastifyRequest): string | undefined {
    return this.pattern.exec(request.headers.cookie ?? '')?.[1];
  }

  set(reply: FastifyReply, token: string, endsAt: Date): void {
    const seconds = Math.max(0, Math.floor((endsAt.getTime() - this.clock.now().getTime()) / 1000));
    void reply.header('set-cookie', `${this.name}=${token}; Max-Age=${seconds}; ${this.attributes}`);
  }

  clear(reply: FastifyReply): void {
    void reply.header('set-cookie', `${this.name}=; Max-Age=0; ${this.attributes}`);
  }

  /**
   * Whether a request may act with a cookie: reads may, and writes that a page of ours sent. Browsers say where a request
   * comes from; older ones name the origin only. One that says neither is no browser, and programs have tokens.
   */
  mayActFor(request: FastifyRequest): boolean {
    if (SAFE.has(request.method)) return true;
    const { origin, 'sec-fetch-site': site } = request.headers;
    return site === undefined ? origin === this.origin : site === 'same-origin';
  }
}
