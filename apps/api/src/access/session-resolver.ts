import type { Actor } from '@hehuo/identity';

/** Who stands behind a bearer token; null when the token is unknown, ended or revoked. */
export abstract class SessionResolver {
  abstract resolve(token: string): Promise<Actor | null>;
}
