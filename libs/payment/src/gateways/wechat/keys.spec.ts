import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { complaintsAbout, ringOf } from './keys.js';

const file = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../../test/wechat-vectors', name), 'utf8');
const certificate = file('platform.cert.pem');
const short = generateKeyPairSync('rsa', {
  modulusLength: 1_024,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const curve = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const good = {
  ...{ appId: 'wx8888888888888888', merchantSerial: '1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C' },
  ...{ privateKey: file('merchant.test-only.key.pem'), apiV3Key: 'TestOnlyTestOnlyTestOnlyTestOnly' },
};
const publicMode = { publicKeyId: 'PUB_KEY_ID_0000000000000024', publicKey: file('platform.pub.pem') };

describe('complaints about keys', () => {
  it('are none in public-key mode, in certificate mode and with both', () => {
    expect(complaintsAbout({ ...good, ...publicMode })).toEqual([]);
    expect(complaintsAbout({ ...good, platformCertificates: certificate + certificate })).toEqual([]);
    expect(complaintsAbout({ ...good, ...publicMode, platformCertificates: certificate })).toEqual([]);
  });

  it.each([
    ['appId', '', 'appId is missing'],
    ['appId', 'https://x', 'appId must look like wx8888888888888888'],
    ['merchantSerial', 'serial', 'merchantSerial must be a hexadecimal serial number'],
    ['privateKey', 'secret words', 'privateKey is no private key in PEM'],
    ['privateKey', short.privateKey, 'privateKey must be RSA of at least 2048 bits'],
    ['privateKey', curve.privateKey, 'privateKey must be RSA of at least 2048 bits'],
    ['apiV3Key', 'secret words', 'apiV3Key must be exactly 32 bytes long'],
    ['apiV3Key', '钥'.repeat(32), 'apiV3Key must be exactly 32 bytes long'],
    ['publicKeyId', '', 'publicKeyId is missing beside publicKey'],
    ['publicKeyId', '1DDE55AD', 'publicKeyId must start with PUB_KEY_ID_'],
    ['publicKey', '', 'publicKey is missing beside publicKeyId'],
    ['publicKey', 'pem', 'publicKey is no public key in PEM'],
    ['publicKey', good.privateKey, 'publicKey is no public key in PEM'],
    ['publicKey', short.publicKey, 'publicKey must be RSA of at least 2048 bits'],
    ['platformCertificates', 'x', 'platformCertificates must be certificates in PEM and nothing else'],
    [
      'platformCertificates',
      `${certificate}${good.privateKey}`,
      'platformCertificates must be certificates in PEM and nothing else',
    ],
    [
      'platformCertificates',
      certificate.replace(/\n[A-Za-z0-9+/]{64}\n/, '\n'),
      'certificate 1 of platformCertificates cannot be read',
    ],
  ])('name %s %#', (name, value, complaint) => {
    const found = complaintsAbout({ ...good, ...publicMode, [name]: value });
    expect(found).toEqual([complaint]);
    expect(found.join()).not.toContain('secret words');
  });

  it('ask for one whole mode', () => {
    expect(complaintsAbout(good)).toEqual([
      'give publicKeyId and publicKey, or platformCertificates: one of the two modes must be complete',
    ]);
    expect(complaintsAbout({})).toHaveLength(5);
  });
});

describe('a ring', () => {
  it('knows certificates by their serial and dates', () => {
    const ring = ringOf({ ...good, platformCertificates: certificate });
    expect(ring?.publicKeyId).toBeNull();
    expect(ring?.platformKeys.map(({ serial, validMs }) => [serial, validMs?.map((ms) => ms > 0)])).toEqual([
      ['5157F09EFDC096DE15EBE81A47057A7200000001', [true, true]],
    ]);
  });

  it('is null for keys that cannot be used', () => {
    expect(ringOf({})).toBeNull();
    expect(ringOf({ ...good, privateKey: 'x' })).toBeNull();
    expect(ringOf({ ...good, ...publicMode, publicKey: 'x' })).toBeNull();
  });
});
