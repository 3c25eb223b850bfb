import {
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import type { KeyField, MerchantKeySet } from '../../use-cases/gateway.port.js';

export const alipayKeyFields: readonly KeyField[] = [
  { name: 'appId', secret: false, required: true, text: 'The number of the app at open.alipay.com (APPID).' },
  {
    name: 'privateKey',
    secret: true,
    required: true,
    text: 'The private key of the app (应用私钥), RSA of at least 2048 bits: PEM, or its base64 as the key tool shows it.',
  },
  {
    name: 'alipayPublicKey',
    secret: false,
    required: false,
    text: "Alipay's public key for this app (支付宝公钥), not the public key of the app. Leave it out where certificates are used.",
  },
  {
    name: 'appCert',
    secret: false,
    required: false,
    text: 'Certificate mode: the content of appCertPublicKey_….crt.',
  },
  {
    name: 'alipayCert',
    secret: false,
    required: false,
    text: 'Certificate mode: the content of alipayCertPublicKey_RSA2.crt.',
  },
  {
    name: 'rootCert',
    secret: false,
    required: false,
    text: 'Certificate mode: the content of alipayRootCert.crt.',
  },
];

/** Keys as the SDK takes them, all of one shape whatever they were entered as. */
export interface AlipayKeys {
  readonly appId: string;
  /** PEM, PKCS #8. */
  readonly privateKey: string;
  /** Base64 of the DER, as the SDK wants it; null in certificate mode. */
  readonly alipayPublicKey: string | null;
  readonly certificates: { readonly app: string; readonly alipay: string; readonly root: string } | null;
}

const rsaBitsMin = 2048;
const certificateFields = ['appCert', 'alipayCert', 'rootCert'] as const;

/** Throws for keys that {@link complaintsAbout} complains about: no call is made with half understood keys. */
export function readKeys(keys: MerchantKeySet): AlipayKeys {
  const isCertified = hasCertificates(keys);
  return {
    appId: valueOf(keys, 'appId'),
    privateKey: pemOf(privateKeyOf(valueOf(keys, 'privateKey'))),
    alipayPublicKey: isCertified
      ? null
      : publicKeyOf(valueOf(keys, 'alipayPublicKey'))
          .export({ type: 'spki', format: 'der' })
          .toString('base64'),
    certificates: isCertified
      ? {
          app: valueOf(keys, 'appCert'),
          alipay: valueOf(keys, 'alipayCert'),
          root: valueOf(keys, 'rootCert'),
        }
      : null,
  };
}

/** What is wrong with the keys, in words for who entered them. The words never contain a part of a key. */
export function complaintsAbout(keys: MerchantKeySet, now: Date): readonly string[] {
  const complaints: string[] = [];
  if (!/^(?!2088)\d{16}$/.test(valueOf(keys, 'appId'))) {
    complaints.push(
      'appId is not the number of an app: 16 digits; a number that begins with 2088 is an account',
    );
  }
  const own = tried(() => privateKeyOf(valueOf(keys, 'privateKey')));
  complaints.push(...faultsOfPrivateKey(own));
  if (hasCertificates(keys)) complaints.push(...faultsOfCertificates(keys, own, now));
  else complaints.push(...faultsOfPublicKey(keys, own));
  return complaints;
}

function faultsOfPrivateKey(own: KeyObject | null): string[] {
  if (!own) return ['privateKey is no private key: give PEM or base64, without a password'];
  if (!isStrong(own)) return [`privateKey must be RSA of at least ${rsaBitsMin} bits`];
  const probe = Buffer.from('a text to sign');
  const holds = tried(() => verify('sha256', probe, createPublicKey(pemOf(own)), sign('sha256', probe, own)));
  return holds === true ? [] : ['privateKey does not make signatures that its own public key accepts'];
}

function faultsOfPublicKey(keys: MerchantKeySet, own: KeyObject | null): string[] {
  if (valueOf(keys, 'alipayPublicKey') === '') {
    return ['either alipayPublicKey or the three certificates are needed'];
  }
  const theirs = tried(() => publicKeyOf(valueOf(keys, 'alipayPublicKey')));
  if (!theirs) return ['alipayPublicKey is no public key: give PEM or base64'];
  if (!isStrong(theirs)) return [`alipayPublicKey must be RSA of at least ${rsaBitsMin} bits`];
  // The page of the open platform shows both keys side by side, and taking the wrong one is the usual mistake.
  return own && createPublicKey(pemOf(own)).equals(theirs)
    ? ["alipayPublicKey is the public key of the app itself; Alipay's is needed"]
    : [];
}

function faultsOfCertificates(keys: MerchantKeySet, own: KeyObject | null, now: Date): string[] {
  const faults: string[] = [];
  if (valueOf(keys, 'alipayPublicKey') !== '') {
    faults.push('give either alipayPublicKey or the three certificates, not both');
  }
  const read = (name: (typeof certificateFields)[number]): X509Certificate | null => {
    const certificate = tried(() => new X509Certificate(valueOf(keys, name)));
    if (!certificate) faults.push(`${name} is no certificate in PEM`);
    else if (Date.parse(certificate.validTo) <= now.getTime()) faults.push(`${name} has expired`);
    return certificate;
  };
  const [app, alipay, root] = certificateFields.map(read) as [
    ReturnType<typeof read>,
    ...ReturnType<typeof read>[],
  ];
  if (app && own && !app.checkPrivateKey(own)) faults.push('appCert is not for this privateKey');
  if (alipay && !isStrong(alipay.publicKey)) {
    faults.push(`alipayCert must be RSA of at least ${rsaBitsMin} bits`);
  }
  if (root && !isSignedWithRsa(valueOf(keys, 'rootCert'))) {
    faults.push('rootCert holds no certificate that is signed with RSA');
  }
  return faults;
}

function hasCertificates(keys: MerchantKeySet): boolean {
  return certificateFields.some((name) => valueOf(keys, name) !== '');
}

/** Alipay's root file holds several certificates, some of them on Chinese curves; the serials of the RSA ones count. */
function isSignedWithRsa(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.some(
    (block) => tried(() => new X509Certificate(block).publicKey.asymmetricKeyType === 'rsa') === true,
  );
}

function privateKeyOf(text: string): KeyObject {
  if (text.includes('-----BEGIN')) return createPrivateKey(text);
  const key = Buffer.from(text.replace(/\s+/g, ''), 'base64');
  return (
    tried(() => createPrivateKey({ key, format: 'der', type: 'pkcs8' })) ??
    createPrivateKey({ key, format: 'der', type: 'pkcs1' })
  );
}

function publicKeyOf(text: string): KeyObject {
  // A private key would be taken for its public half here and then be kept as if it were no secret.
  if (text.includes('PRIVATE KEY')) throw new Error('a private key is no public key');
  if (text.includes('-----BEGIN')) return createPublicKey(text);
  const key = Buffer.from(text.replace(/\s+/g, ''), 'base64');
  return createPublicKey({ key, format: 'der', type: 'spki' });
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function isStrong(key: KeyObject): boolean {
  return key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= rsaBitsMin;
}

function valueOf(keys: MerchantKeySet, name: string): string {
  return (keys[name] ?? '').trim();
}

function tried<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
