import { Secret, TOTP } from 'otpauth';

const periodSeconds = 30;
const secretBytes = 20;
/** Steps before and after that a slow clock may show. */
const drift = 1;

export function newTotpSecret(): string {
  return new Secret({ size: secretBytes }).base32;
}

/** The text of the QR code that an authenticator app scans. */
export function totpUri(secret: string, login: string): string {
  return of(secret, login).toString();
}

/** The time step that the code belongs to, or null when it is not right now. A step may be used once. */
export function totpStep(secret: string, code: string, now: Date): number | null {
  if (!/^[0-9]{6}$/.test(code)) return null;
  const timestamp = now.getTime();
  const delta = of(secret, '').validate({ token: code, timestamp, window: drift });
  return delta === null ? null : Math.floor(timestamp / 1000 / periodSeconds) + delta;
}

/** The code of an instant: for the demo and for tests, which have no phone. */
export function totpCode(secret: string, at: Date): string {
  return of(secret, '').generate({ timestamp: at.getTime() });
}

function of(secret: string, label: string): TOTP {
  return new TOTP({ issuer: 'Hehuo', label, secret: Secret.fromBase32(secret), period: periodSeconds });
}
