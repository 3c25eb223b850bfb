import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { AlipaySdk } from './official-sdk.js';
import { complaintsAbout, readKeys } from './keys.js';

const file = (name: string): string => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
const bare = (pem: string): string => pem.replace(/-----[^-]+-----/g, '').replace(/\s+/g, '');
const now = new Date('2026-11-25T00:00:00Z');
const complaints = (keys: Record<string, string>) => complaintsAbout(keys, now);

const appId = '2021000000000001';
const plain = { appId, privateKey: file('app.pem'), alipayPublicKey: file('alipay.pub.pem') };
const certified = {
  ...{ appId, privateKey: file('app.pem') },
  ...{ appCert: file('app.crt'), alipayCert: file('alipay.crt'), rootCert: file('root.crt') },
};

describe('keys', () => {
  it.each([
    ['PKCS #8 in PEM', file('app.pem')],
    ['PKCS #1 in PEM', file('app.pkcs1.pem')],
    ['PKCS #8 as bare base64', bare(file('app.pem'))],
    ['PKCS #1 as bare base64', bare(file('app.pkcs1.pem'))],
  ])('may be entered as %s and mean the same', (_, privateKey) => {
    const keys = { ...plain, privateKey, alipayPublicKey: bare(plain.alipayPublicKey) };
    expect(complaints(keys)).toEqual([]);
    expect(readKeys(keys)).toEqual(readKeys(plain));
  });

  it('may be certificates, whose serials are those that openssl computes', () => {
    expect(complaints(certified)).toEqual([]);
    const { privateKey, certificates } = readKeys(certified);
    const sdk = new AlipaySdk({
      ...{ appId, privateKey, keyType: 'PKCS8', appCertContent: certificates!.app },
      ...{ alipayPublicCertContent: certificates!.alipay, alipayRootCertContent: certificates!.root },
    });
    const { appCertSn, alipayCertSn, alipayRootCertSn } = sdk.config;
    expect([appCertSn, alipayCertSn, alipayRootCertSn]).toEqual(file('serials.txt').trim().split('\n'));
  });

  it.each<[string, Record<string, string>, string]>([
    ['no app', { ...plain, appId: '' }, 'appId'],
    ['a seller for the app', { ...plain, appId: '2088000000000001' }, 'appId'],
    ['no private key', { ...plain, privateKey: '' }, 'privateKey is no private key'],
    ['a public key for the private one', { ...plain, privateKey: plain.alipayPublicKey }, 'privateKey is no'],
    ['a short private key', { ...plain, privateKey: file('weak.pem') }, 'privateKey must be RSA'],
    ['a private key on a curve', { ...plain, privateKey: file('curve.pem') }, 'privateKey must be RSA'],
    ['a cut private key', { ...plain, privateKey: bare(file('app.pem')).slice(0, 600) }, 'privateKey is no'],
    ['no key of Alipay', { ...plain, alipayPublicKey: '' }, 'either alipayPublicKey'],
    ['a short key of Alipay', { ...plain, alipayPublicKey: file('weak.pub.pem') }, 'alipayPublicKey must'],
    ['rubbish as the key of Alipay', { ...plain, alipayPublicKey: 'MIIB' }, 'alipayPublicKey is no public'],
    [
      'a private key as that of Alipay',
      { ...plain, alipayPublicKey: file('alipay.pem') },
      'is no public key',
    ],
    [
      'its own public key',
      { ...plain, alipayPublicKey: file('app.pub.pem') },
      'the public key of the app itself',
    ],
    ['both modes', { ...certified, alipayPublicKey: plain.alipayPublicKey }, 'not both'],
    ['two certificates of three', { ...certified, rootCert: '' }, 'rootCert is no certificate'],
    ['certificates exchanged', { ...certified, appCert: certified.alipayCert }, 'appCert is not for'],
  ])('with %s are complained about', (_, keys, words) => {
    const found = complaints(keys).join('\n');
    expect(found).toContain(words);
    expect(found).not.toContain('MII');
  });

  it('with expired certificates are complained about', () => {
    expect(complaintsAbout(certified, new Date('2926-11-25T00:00:00Z'))).toHaveLength(3);
  });
});
