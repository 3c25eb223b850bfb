import { Injectable } from '@nestjs/common';
import { Database, FieldCipher, isDuplicateKey } from '@hehuo/platform';

export interface PublicKey {
  /** The first 16 hexadecimal digits of the SHA-256 of the public key. */
  readonly keyId: string;
  /** SubjectPublicKeyInfo (DER) in base64. */
  readonly publicKey: string;
  readonly createdAt: Date;
}

interface KeyRecord extends PublicKey {
  readonly privateSealed: string | null;
}

const COLUMNS =
  'key_id AS keyId, public_key AS publicKey, private_sealed AS privateSealed, created_at AS createdAt';

/** Every key that statements were ever signed with: the public half in the clear, and sealed the private one that was made here. */
@Injectable()
export class KeyStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async all(): Promise<PublicKey[]> {
    const rows = await this.database.rows<KeyRecord>(
      `SELECT ${COLUMNS} FROM statement_key ORDER BY created_at, key_id`,
    );
    return rows.map(({ keyId, publicKey, createdAt }) => ({ keyId, publicKey, createdAt }));
  }

  /** The private key that was made here, PKCS8 (DER) in base64; null when none was. */
  async madeHere(): Promise<string | null> {
    const row = await this.database.row<KeyRecord>(
      `SELECT ${COLUMNS} FROM statement_key WHERE made_here = 1`,
    );
    return row?.privateSealed ? this.cipher.open(placeOf(row.keyId), row.privateSealed) : null;
  }

  /** Remembers a key; `privateKey` only where it was made here. One that is known stays as it is. */
  async remember(key: { keyId: string; publicKey: string; privateKey: string | null }): Promise<void> {
    const { keyId, publicKey, privateKey } = key;
    const sealed = privateKey === null ? null : this.cipher.seal(placeOf(keyId), privateKey);
    try {
      await this.database.change(
        'INSERT INTO statement_key (key_id, public_key, private_sealed, made_here) VALUES (?, ?, ?, ?)',
        [keyId, publicKey, sealed, privateKey === null ? null : 1],
      );
    } catch (error) {
      // Another process was faster, with this key or with the one that it made.
      if (!isDuplicateKey(error, 'PRIMARY') && !isDuplicateKey(error, 'statement_key_made_once')) throw error;
    }
  }
}

function placeOf(keyId: string): string {
  return `statement_key|private|${keyId}`;
}
