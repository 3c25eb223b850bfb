import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { selfSigned } from './certificate.js';

export interface WechatMerchantInput {
  readonly mchid: string;
  readonly appid: string;
  /** Serial of the merchant's certificate, as its requests name it. */
  readonly serial: string;
  /** PEM of the merchant's public key. */
  readonly publicKey: string;
  readonly apiV3Key: string;
  /** How this merchant knows WeChat Pay's key: by an id, or by a certificate. */
  readonly mode: 'public-key' | 'certificate';
}

export interface WechatMerchant extends WechatMerchantInput {
  readonly key: KeyObject;
}

/** The keys that play WeChat Pay's. */
interface Platform {
  readonly privateKey: string;
  readonly publicKeyId: string;
  readonly certificate: string;
  readonly certificateSerial: string;
}

export class UnusableMerchantError extends Error {
  override readonly name = 'UnusableMerchantError';
}

const fileName = 'wechat.json';
const rsaBits = 2048;

/** The merchants that may speak here, and the platform's own key. Both stay in the folder of the books. */
export class WechatMerchants {
  readonly privateKey: KeyObject;
  private byNumber = new Map<string, WechatMerchant>();

  private constructor(
    private readonly folder: string,
    private readonly platform: Platform,
  ) {
    this.privateKey = createPrivateKey(platform.privateKey);
  }

  static async open(folder: string, nowMs: number): Promise<WechatMerchants> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const kept = await stored(folder);
    const merchants = new WechatMerchants(folder, kept?.platform ?? newPlatform(nowMs));
    merchants.take(kept?.merchants ?? []);
    if (!kept) await merchants.keep();
    return merchants;
  }

  find(mchid: string): WechatMerchant | undefined {
    return this.byNumber.get(mchid);
  }

  /** What a merchant is given to verify with; no secret. */
  view() {
    const { publicKeyId, certificate, certificateSerial } = this.platform;
    const publicKey = createPublicKey(this.platform.privateKey).export({ type: 'spki', format: 'pem' });
    const merchants = [...this.byNumber.values()].map(({ mchid, appid, serial, mode }) => ({
      ...{ mchid, appid, serial, mode },
    }));
    return { publicKeyId, publicKey: String(publicKey), certificate, certificateSerial, merchants };
  }

  /** The name of the key under which this merchant is answered and told. */
  serialFor({ mode }: WechatMerchant): string {
    return mode === 'certificate' ? this.platform.certificateSerial : this.platform.publicKeyId;
  }

  /** Replaces all of them. Throws UnusableMerchantError, and then changes nothing. */
  async replace(inputs: readonly WechatMerchantInput[]): Promise<void> {
    this.take(inputs);
    await this.keep();
  }

  private take(inputs: readonly WechatMerchantInput[]): void {
    this.byNumber = new Map(inputs.map((input) => [input.mchid, { ...input, key: keyOf(input) }]));
  }

  private async keep(): Promise<void> {
    const merchants = [...this.byNumber.values()].map(({ key: _, ...input }) => input);
    const path = join(this.folder, fileName);
    await writeFile(`${path}.new`, JSON.stringify({ platform: this.platform, merchants }), { mode: 0o600 });
    await rename(`${path}.new`, path);
  }
}

async function stored(
  folder: string,
): Promise<{ platform: Platform; merchants: WechatMerchantInput[] } | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, fileName), 'utf8'));
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
    return undefined;
  }
}

function newPlatform(nowMs: number): Platform {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: rsaBits });
  const { pem, serial } = selfSigned(publicKey, privateKey, 'Sandbox in place of WeChat Pay', nowMs);
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    // Digits of the serial: an id that no other folder has.
    publicKeyId: `PUB_KEY_ID_${serial.slice(0, 32)}`,
    certificate: pem,
    certificateSerial: serial,
  };
}

function keyOf({ mchid, publicKey, apiV3Key }: WechatMerchantInput): KeyObject {
  if (Buffer.byteLength(apiV3Key) !== 32) {
    throw new UnusableMerchantError(`The apiV3Key of ${mchid} must be 32 bytes long.`);
  }
  try {
    const key = createPublicKey(publicKey);
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // Said below in the same words.
  }
  throw new UnusableMerchantError(`The publicKey of ${mchid} is no RSA key in PEM.`);
}
