import { hash, randomBytes } from 'node:crypto';

const tokenBytes = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export function newToken(): string {
  return randomBytes(tokenBytes).toString('base64url');
}

/** What is stored of a token; null for a text that was never one, so that nonsense does not reach the database. */
export function tokenHash(token: string): string | null {
  return TOKEN.test(token) ? hash('sha256', token, 'hex') : null;
}
