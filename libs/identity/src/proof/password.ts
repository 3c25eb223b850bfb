import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id with OWASP's first choice of cost: 19 MiB, 2 passes, 1 lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const shortest = 12;
const longest = 128;

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Takes as long for a login that nobody has, so that the time tells nothing. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomBytes(16).toString('hex'));
  const matches = await verify(stored ?? (await nobody), password);
  return stored !== null && matches;
}

let nobody: Promise<string> | undefined;

export function newPassword(): string {
  return randomBytes(12).toString('base64url');
}

/** Length is what counts (NIST 800-63B): no rules about kinds of characters, but not the login and not one character. */
export function strongEnough(password: string, login: string): boolean {
  const length = [...password].length;
  if (length < shortest || length > longest) return false;
  return new Set(password).size >= 5 && !password.toLowerCase().includes(login.toLowerCase());
}
