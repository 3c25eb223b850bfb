import {
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import type { KeyField, MerchantKeySet } from '../../use-cases/gateway.port.js';

const rsaBitsMin = 2_048;
const apiV3KeyBytes = 32;

export const WECHAT_KEY_FIELDS: readonly KeyField[] = [
  {
    ...{ name: 'appId', secret: false, required: true },
    text: 'AppID that is bound to the merchant number, such as wx8888888888888888',
  },
  {
    ...{ name: 'merchantSerial', secret: false, required: true },
    text: 'serial number of the merchant API certificate (商户API证书序列号), hexadecimal',
  },
  {
    ...{ name: 'privateKey', secret: true, required: true },
    text: 'the whole of apiclient_key.pem: the private key of the merchant API certificate',
  },
  {
    ...{ name: 'apiV3Key', secret: true, required: true },
    text: 'the APIv3 key (APIv3密钥), 32 characters',
  },
  {
    ...{ name: 'publicKeyId', secret: false, required: false },
    text: 'id of the WeChat Pay public key (微信支付公钥ID), PUB_KEY_ID_…; the mode of newer merchants',
  },
  {
    ...{ name: 'publicKey', secret: false, required: false },
    text: 'the whole of pub_key.pem: the WeChat Pay public key',
  },
  {
    ...{ name: 'platformCertificates', secret: false, required: false },
    text: 'platform certificates (微信支付平台证书) in PEM, one after another; the mode of older merchants',
  },
];

/** A key that WeChat Pay signs with, under the name that its header gives it. */
export interface PlatformKey {
  readonly serial: string;
  readonly key: KeyObject;
  /** Milliseconds since 1970 between which a certificate holds; a bare public key has no dates. */
  readonly validMs: readonly [number, number] | null;
}

/** One merchant's keys, ready for use. */
export interface KeyRing {
  readonly appId: string;
  readonly merchantSerial: string;
  readonly privateKey: KeyObject;
  readonly apiV3Key: Buffer;
  /** Set in public-key mode: requests name it, so that answers are signed with it. */
  readonly publicKeyId: string | null;
  readonly platformKeys: readonly PlatformKey[];
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Makes the keys ready; null where they cannot be used at all. What is wrong with them is told by {@link complaintsAbout}. */
export function ringOf(keys: MerchantKeySet): KeyRing | null {
  const { appId, merchantSerial, privateKey, apiV3Key, publicKeyId, publicKey, platformCertificates } = keys;
  if (!appId || !merchantSerial || !privateKey || !apiV3Key) return null;
  try {
    const own = publicKeyId && publicKey ? [bareKey(publicKeyId, publicKey)] : [];
    return {
      appId,
      merchantSerial,
      privateKey: createPrivateKey(privateKey),
      apiV3Key: Buffer.from(apiV3Key),
      publicKeyId: own.length > 0 ? (publicKeyId ?? null) : null,
      platformKeys: [...own, ...certificatesOf(platformCertificates ?? '').map(certificateKey)],
    };
  } catch {
    return null;
  }
}

export function ringsOf(sets: readonly MerchantKeySet[]): readonly KeyRing[] {
  return sets.map(ringOf).filter((ring) => ring !== null);
}

/** What is wrong with a merchant's keys, in words for who enters them, without a word of the keys themselves. */
export function complaintsAbout(keys: MerchantKeySet): readonly string[] {
  const given = (name: string): string => keys[name] ?? '';
  const missing = WECHAT_KEY_FIELDS.filter(({ name, required }) => required && given(name) === '');
  return [
    ...missing.map(({ name }) => `${name} is missing`),
    ...shapeOf(given('appId'), /^wx[0-9a-zA-Z]{6,30}$/, 'appId must look like wx8888888888888888'),
    ...shapeOf(
      given('merchantSerial'),
      /^[0-9A-Fa-f]{8,64}$/,
      'merchantSerial must be a hexadecimal serial number',
    ),
    ...aboutApiV3Key(given('apiV3Key')),
    ...aboutPrivateKey(given('privateKey')),
    ...aboutPublicKey(given('publicKeyId'), given('publicKey')),
    ...aboutCertificates(given('platformCertificates')),
    ...(given('publicKeyId') || given('publicKey') || given('platformCertificates')
      ? []
      : ['give publicKeyId and publicKey, or platformCertificates: one of the two modes must be complete']),
  ];
}

function shapeOf(value: string, shape: RegExp, complaint: string): string[] {
  return value === '' || shape.test(value) ? [] : [complaint];
}

function aboutApiV3Key(value: string): string[] {
  return value === '' || Buffer.byteLength(value) === apiV3KeyBytes
    ? []
    : [`apiV3Key must be exactly ${apiV3KeyBytes} bytes long`];
}

function aboutPrivateKey(pem: string): string[] {
  if (pem === '') return [];
  const key = attempt(() => createPrivateKey(pem));
  if (!key) return ['privateKey is no private key in PEM'];
  if (!isStrongRsa(key)) return [`privateKey must be RSA of at least ${rsaBitsMin} bits`];
  const probe = Buffer.from('hehuo');
  const isPair = attempt(() =>
    verify('sha256', probe, createPublicKey(key), sign('sha256', probe, key)) ? true : null,
  );
  return isPair ? [] : ['privateKey does not sign: what it signs its public part does not verify'];
}

function aboutPublicKey(id: string, pem: string): string[] {
  if (id === '' && pem === '') return [];
  const key = attempt(() => createPublicKey(pem));
  return [
    ...(id === '' ? ['publicKeyId is missing beside publicKey'] : []),
    ...shapeOf(id, /^PUB_KEY_ID_[0-9A-Za-z]{6,60}$/, 'publicKeyId must start with PUB_KEY_ID_'),
    ...(pem === '' ? ['publicKey is missing beside publicKeyId'] : []),
    ...(pem !== '' && (!key || pem.includes('PRIVATE KEY')) ? ['publicKey is no public key in PEM'] : []),
    ...(key && !isStrongRsa(key) ? [`publicKey must be RSA of at least ${rsaBitsMin} bits`] : []),
  ];
}

function aboutCertificates(text: string): string[] {
  if (text === '') return [];
  const found = certificatesOf(text);
  if (found.length === 0 || text.replace(CERTIFICATE, '').trim() !== '') {
    return ['platformCertificates must be certificates in PEM and nothing else'];
  }
  return found.flatMap((pem, index) => {
    const certificate = attempt(() => new X509Certificate(pem));
    if (!certificate) return [`certificate ${index + 1} of platformCertificates cannot be read`];
    return isStrongRsa(certificate.publicKey)
      ? []
      : [`certificate ${index + 1} of platformCertificates must hold RSA of at least ${rsaBitsMin} bits`];
  });
}

function certificatesOf(text: string): string[] {
  return text.match(CERTIFICATE) ?? [];
}

function bareKey(serial: string, pem: string): PlatformKey {
  return { serial, key: createPublicKey(pem), validMs: null };
}

function certificateKey(pem: string): PlatformKey {
  const certificate = new X509Certificate(pem);
  const validMs = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)] as const;
  return { serial: certificate.serialNumber.toUpperCase(), key: certificate.publicKey, validMs };
}

function isStrongRsa(key: KeyObject): boolean {
  return key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= rsaBitsMin;
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
