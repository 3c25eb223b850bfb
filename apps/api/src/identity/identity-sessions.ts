import { Injectable } from '@nestjs/common';
import { ResolveSession, type Actor } from '@hehuo/identity';
import { SessionResolver } from '../access/session-resolver.js';

/** Lets the guard ask the identity context who stands behind a token. */
@Injectable()
export class IdentitySessions extends SessionResolver {
  constructor(private readonly sessions: ResolveSession) {
    super();
  }

  resolve(token: string): Promise<Actor | null> {
    return this.sessions.execute(token);
  }
}
