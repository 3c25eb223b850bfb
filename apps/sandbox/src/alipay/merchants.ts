import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface MerchantInput {
  readonly appId: string;
  readonly sellerId: string;
  /** Base64 of the SPKI DER of the app's public key. */
  readonly publicKey: string;
}

export interface Merchant extends MerchantInput {
  readonly key: KeyObject;
}

export class UnusableKeyError extends Error {
  override readonly name = 'UnusableKeyError';
}

const keyFile = 'alipay-key.pem';
const merchantsFile = 'alipay-merchants.json';
const rsaBits = 2048;

/** The apps that may speak here, and the key that plays Alipay's. Both stay in the folder of the books. */
export class Merchants {
  private byApp = new Map<string, Merchant>();

  private constructor(
    private readonly folder: string,
    readonly ownKey: KeyObject,
  ) {}

  static async open(folder: string): Promise<Merchants> {
    await mkdir(folder, { recursive: true });
    const merchants = new Merchants(folder, await ownKeyIn(folder));
    const text = await readFile(join(folder, merchantsFile), 'utf8').catch(() => '[]');
    merchants.take(JSON.parse(text) as MerchantInput[]);
    return merchants;
  }

  /** What a merchant enters as Alipay's public key. */
  get publicKey(): string {
    return createPublicKey(pem(this.ownKey)).export({ type: 'spki', format: 'der' }).toString('base64');
  }

  ofApp(appId: string): Merchant | undefined {
    return this.byApp.get(appId);
  }

  ofSeller(sellerId: string): Merchant | undefined {
    return [...this.byApp.values()].find((merchant) => merchant.sellerId === sellerId);
  }

  list(): readonly MerchantInput[] {
    return [...this.byApp.values()].map(({ appId, sellerId, publicKey }) => ({ appId, sellerId, publicKey }));
  }

  /** Replaces all of them. Throws UnusableKeyError, and then changes nothing. */
  async replace(inputs: readonly MerchantInput[]): Promise<void> {
    this.take(inputs);
    const path = join(this.folder, merchantsFile);
    await writeFile(`${path}.new`, JSON.stringify(this.list()));
    await rename(`${path}.new`, path);
  }

  private take(inputs: readonly MerchantInput[]): void {
    this.byApp = new Map(inputs.map((input) => [input.appId, { ...input, key: publicKeyOf(input) }]));
  }
}

function publicKeyOf({ appId, publicKey }: MerchantInput): KeyObject {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // Said below in the same words.
  }
  throw new UnusableKeyError(`The public key of ${appId} is not the base64 of an RSA key.`);
}

async function ownKeyIn(folder: string): Promise<KeyObject> {
  const path = join(folder, keyFile);
  try {
    return createPrivateKey(await readFile(path));
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
  }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: rsaBits });
  await writeFile(path, pem(privateKey), { mode: 0o600 });
  return privateKey;
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
