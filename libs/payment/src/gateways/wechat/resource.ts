import { createDecipheriv } from 'node:crypto';

const algorithm = 'AEAD_AES_256_GCM';
const tagBytes = 16;
const nonceBytes = 12;

/** The sealed part of a callback, as it stands in its body. */
export interface Sealed {
  readonly algorithm?: unknown;
  readonly ciphertext?: unknown;
  readonly associated_data?: unknown;
  readonly nonce?: unknown;
}

/** Opens a sealed resource with the APIv3 key; null where it was not sealed with it or was changed on the way. */
export function opened(sealed: Sealed, apiV3Key: Buffer): string | null {
  const { ciphertext, nonce, associated_data: associated = '' } = sealed;
  if (sealed.algorithm !== algorithm || typeof ciphertext !== 'string' || typeof nonce !== 'string') {
    return null;
  }
  const bytes = Buffer.from(ciphertext, 'base64');
  if (bytes.length <= tagBytes || Buffer.byteLength(nonce) !== nonceBytes || typeof associated !== 'string') {
    return null;
  }
  try {
    const decipher = createDecipheriv('aes-256-gcm', apiV3Key, nonce, { authTagLength: tagBytes });
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    decipher.setAAD(Buffer.from(associated));
    const text = [decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()];
    return Buffer.concat(text).toString('utf8');
  } catch {
    return null;
  }
}
