import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { KeyStore, type PublicKey } from '../store/key.store.js';

export interface SigningKey {
  readonly keyId: string;
  /** Ed25519 over the text in UTF-8, base64. */
  readonly sign: (text: string) => string;
}

/** The installation's key for statements: the one that the operator gave, or one that is made once and kept sealed. */
export class StatementKeys {
  private held: SigningKey | undefined;

  constructor(
    private readonly keys: KeyStore,
    /** PKCS8 of an Ed25519 key in base64, from the settings; null where none is set. */
    private readonly configured: string | null,
  ) {}

  /** The key to sign with. Its public half is in the list before anything is signed with it. */
  async current(): Promise<SigningKey> {
    this.held ??= await this.load();
    return this.held;
  }

  /** Every public key of this installation, the oldest first, and which of them signs now. */
  async published(): Promise<{ currentId: string; keys: PublicKey[] }> {
    const { keyId } = await this.current();
    return { currentId: keyId, keys: await this.keys.all() };
  }

  private async load(): Promise<SigningKey> {
    if (this.configured !== null) {
      const key = privateOf(this.configured);
      await this.keys.remember({ ...publicOf(key), privateKey: null });
      return signingWith(key);
    }
    const known = (await this.keys.madeHere()) ?? (await this.make());
    return signingWith(privateOf(known));
  }

  private async make(): Promise<string> {
    const { privateKey } = generateKeyPairSync('ed25519');
    const text = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
    await this.keys.remember({ ...publicOf(privateKey), privateKey: text });
    const kept = await this.keys.madeHere();
    if (kept === null) throw new Error('the key for statements could not be kept');
    return kept;
  }
}

/** Whether the signature over the text was made by the owner of this public key. */
export function isSigned(publicKey: string, text: string, signature: string): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
}

function privateOf(base64: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' });
}

function publicOf(key: KeyObject): { keyId: string; publicKey: string } {
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    keyId: createHash('sha256').update(der).digest('hex').slice(0, 16),
    publicKey: der.toString('base64'),
  };
}

function signingWith(key: KeyObject): SigningKey {
  return {
    keyId: publicOf(key).keyId,
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
  };
}
