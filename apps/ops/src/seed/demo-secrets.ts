import { FieldCipher } from '@hehuo/platform';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const totpCharacters = 32;

/**
 * Passwords and second factors of the demo's staff. They follow from the installation's own key: no two installations
 * share them, and every run prints the same without keeping them anywhere.
 */
export class DemoSecrets {
  constructor(private readonly cipher: FieldCipher) {}

  password(login: string): string {
    const bytes = Buffer.from(this.cipher.blindIndex('demo-password', login), 'hex');
    return bytes.toString('base64url').slice(0, 20).replace(/[-_]/g, 'x');
  }

  /** Base32, as an authenticator app takes it. */
  totpSecret(login: string): string {
    const bytes = Buffer.from(this.cipher.blindIndex('demo-totp', login), 'hex');
    return [...bytes.subarray(0, totpCharacters)].map((byte) => BASE32.charAt(byte % 32)).join('');
  }
}
