import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;
const keyBytes = 32;

/**
 * Encrypts one field of one row with AES-256-GCM. The place (`table|column|row id`) is authenticated with it, so a
 * ciphertext moved to another row or column does not open. Stored as `v1:` + base64 of iv, tag and text.
 */
export class FieldCipher {
  private readonly key: Buffer;
  private readonly indexKey: Buffer;

  /** Both keys are base64 of 32 bytes. */
  constructor(key: string, indexKey: string) {
    this.key = keyOf('FIELD_KEY', key);
    this.indexKey = keyOf('BLIND_INDEX_KEY', indexKey);
  }

  seal(place: string, plain: string): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv);
    cipher.setAAD(Buffer.from(place));
    const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return `v1:${Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64')}`;
  }

  /** Throws when the text was changed, moved or sealed with another key. */
  open(place: string, sealed: string): string {
    if (!sealed.startsWith('v1:')) throw new Error(`unknown seal at ${place}`);
    const bytes = Buffer.from(sealed.slice(3), 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, ivBytes));
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const text = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
    return text.toString('utf8');
  }

  /** A keyed fingerprint to look an encrypted value up by, 64 hex characters. `purpose` keeps indexes apart. */
  blindIndex(purpose: string, plain: string): string {
    return createHmac('sha256', this.indexKey).update(`${purpose}|${plain}`).digest('hex');
  }
}

function keyOf(name: string, base64: string): Buffer {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== keyBytes) throw new Error(`${name} must be base64 of ${keyBytes} bytes`);
  return key;
}
