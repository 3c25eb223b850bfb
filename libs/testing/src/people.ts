import type { INestApplicationContext } from '@nestjs/common';
import {
  ChangeMe,
  CONSENT_TERMS,
  GiveConsent,
  ReadCodes,
  RequestCode,
  ResolveSession,
  SignIn,
  type Actor,
  type MyChanges,
  type RoleGrant,
  type SignedIn,
} from '@hehuo/identity';

export interface Visitor {
  readonly phone: string;
  readonly token: string;
  readonly actor: Actor;
}

let people = 0;

/** A number that no other person of this test file has. */
export function newPhone(): string {
  people += 1;
  return `139${String(people).padStart(8, '0')}`;
}

/** An address of its own, so that the limits of one test do not stop another. */
export function newAddress(): string {
  people += 1;
  return `10.0.${Math.floor(people / 250)}.${people % 250}`;
}

/** The code that waits to be sent to this number. */
export async function codeFor(app: INestApplicationContext, phone: string): Promise<string> {
  const codes = await app.get(ReadCodes, { strict: false }).execute();
  const found = codes.find((one) => one.phone === phone);
  if (!found) throw new Error(`no code waits for ${phone}`);
  return found.code;
}

export async function enterCode(
  app: INestApplicationContext,
  phone: string,
  code: string,
): Promise<SignedIn> {
  return app.get(SignIn, { strict: false }).execute({
    phone,
    code,
    address: newAddress(),
    userAgent: 'Mozilla/5.0 (iPhone) Safari/1',
    acceptsPrivacyNotice: true,
  });
}

/** Signs somebody in the way people do: ask for a code, read it, enter it. */
export async function signInByPhone(app: INestApplicationContext, phone = newPhone()): Promise<Visitor> {
  await app.get(RequestCode, { strict: false }).execute({ phone, address: newAddress() });
  const { token } = await enterCode(app, phone, await codeFor(app, phone));
  const actor = await app.get(ResolveSession, { strict: false }).execute(token);
  if (!actor) throw new Error('the session that was just opened is not there');
  return { phone, token, actor };
}

/** The same person with other roles, for use cases that are called directly. */
export function withRoles(actor: Actor, ...roles: RoleGrant[]): Actor {
  return { ...actor, roles };
}

/** Accepts the privacy notice in force and then says who they are, as everybody does. */
export async function introduce(
  app: INestApplicationContext,
  actor: Actor,
  changes: MyChanges,
): Promise<void> {
  const kind = 'privacy_notice';
  const { version } = CONSENT_TERMS[kind];
  await app.get(GiveConsent, { strict: false }).execute({ actor, kind, version });
  await app.get(ChangeMe, { strict: false }).execute({ actor, changes });
}
