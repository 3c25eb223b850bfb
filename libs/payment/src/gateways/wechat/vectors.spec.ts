import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ringOf, type KeyRing } from './keys.js';
import { opened } from './resource.js';
import { authorization, browserParameters, faultOf } from './signature.js';

// How these came about, without our code: their README.md.
const file = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../../test/wechat-vectors', name), 'utf8');
const vectors = JSON.parse(file('vectors.json'));
const serial = '5157F09EFDC096DE15EBE81A47057A7200000001';
const publicKeyId = 'PUB_KEY_ID_0000000000000024101100397200000006';
const common = {
  ...{ appId: 'wx8888888888888888', merchantSerial: '1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C' },
  ...{ privateKey: file('merchant.test-only.key.pem'), apiV3Key: vectors.sealed.apiV3Key as string },
};
const ring = ringOf({ ...common, publicKeyId, publicKey: file('platform.pub.pem') }) as KeyRing;
const oldRing = ringOf({ ...common, platformCertificates: file('platform.cert.pem') }) as KeyRing;

describe('signatures made with openssl', () => {
  it('equal ours over a request', () => {
    const { method, path, body, signature, ...stamp } = vectors.request;
    expect(authorization(ring, '1900007291', stamp, [method, path], body)).toBe(
      `WECHATPAY2-SHA256-RSA2048 mchid="1900007291",nonce_str="${stamp.nonce}",signature="${signature}",` +
        `timestamp="1554208460",serial_no="1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C"`,
    );
  });

  it('equal ours over what WeChat’s browser opens', () => {
    const { prepayId, signature, ...stamp } = vectors.browser;
    expect(browserParameters(ring, prepayId, stamp)).toEqual({
      ...{ appId: 'wx8888888888888888', timeStamp: '1554208460', nonceStr: stamp.nonce },
      ...{ package: `prepay_id=${prepayId}`, signType: 'RSA', paySign: signature },
    });
  });

  const headersOf = ({ timestamp, nonce, signature }: Record<string, string>, named: string) => ({
    ...{ 'wechatpay-timestamp': timestamp, 'wechatpay-nonce': nonce, 'wechatpay-signature': signature },
    'wechatpay-serial': named,
  });
  const atMs = 1_722_850_421_000;

  it.each([
    ['an answer', vectors.answer],
    ['an answer without a body', vectors.emptyAnswer],
  ])('hold over %s, with a public key and with a certificate', (_name, vector) => {
    const body = Buffer.from(vector.body);
    expect(faultOf(headersOf(vector, publicKeyId), body, ring.platformKeys, atMs)).toBeNull();
    // The certificate of the vectors is younger than the moment of the answer.
    const keys = oldRing.platformKeys.map((key) => ({ ...key, validMs: [0, atMs] as const }));
    expect(faultOf(headersOf(vector, serial), body, keys, atMs)).toBeNull();
    expect(faultOf(headersOf(vector, serial.toLowerCase()), body, keys, atMs)).toBeNull();
    expect(faultOf(headersOf(vector, serial), body, oldRing.platformKeys, atMs)).toBe('out_of_date');
    expect(faultOf(headersOf(vector, serial), body, keys, atMs + 1)).toBe('out_of_date');
  });

  const good = headersOf(vectors.answer, publicKeyId);
  const other = vectors.emptyAnswer.signature as string;
  it.each([
    ['another body', good, `${vectors.answer.body} `, 0, 'wrong'],
    ['another signature', { ...good, 'wechatpay-signature': other }, vectors.answer.body, 0, 'wrong'],
    ['another nonce', { ...good, 'wechatpay-nonce': 'x' }, vectors.answer.body, 0, 'wrong'],
    ['another time', { ...good, 'wechatpay-timestamp': '1722850422' }, vectors.answer.body, 0, 'wrong'],
    ['a time that is none', { ...good, 'wechatpay-timestamp': '-1' }, vectors.answer.body, 0, 'malformed'],
    [
      'a signature that is none',
      { ...good, 'wechatpay-signature': '…' },
      vectors.answer.body,
      0,
      'malformed',
    ],
    [
      'a probe',
      { ...good, 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc=' },
      vectors.answer.body,
      0,
      'probe',
    ],
    [
      'an unknown serial',
      { ...good, 'wechatpay-serial': 'PUB_KEY_ID_1' },
      vectors.answer.body,
      0,
      'serial_unknown',
    ],
    [
      'an id in other letters',
      { ...good, 'wechatpay-serial': publicKeyId.toLowerCase() },
      vectors.answer.body,
      0,
      'serial_unknown',
    ],
    ['no serial', { ...good, 'wechatpay-serial': undefined }, vectors.answer.body, 0, 'missing'],
    ['two signatures', { ...good, 'wechatpay-signature': [other, other] }, vectors.answer.body, 0, 'missing'],
    ['300 s', good, vectors.answer.body, 300, null],
    ['301 s', good, vectors.answer.body, 301, 'stale'],
    ['301 s ahead', good, vectors.answer.body, -301, 'stale'],
  ])('with %s are told apart', (_name, headers, body, ageSeconds, fault) => {
    expect(faultOf(headers, Buffer.from(body), ring.platformKeys, atMs + ageSeconds * 1_000)).toBe(fault);
  });
});

describe('a resource sealed elsewhere', () => {
  const { resource, plain, apiV3Key } = vectors.sealed;
  const key = Buffer.from(apiV3Key);
  const bytes = Buffer.from(resource.ciphertext, 'base64');
  const changed = (index: number): string => {
    const copy = Buffer.from(bytes);
    copy[index] = (copy[index] ?? 0) ^ 1;
    return copy.toString('base64');
  };

  it('is opened, with and without associated data', () => {
    expect(opened(resource, key)).toBe(plain);
    expect(opened(vectors.sealedWithoutAssociatedData.resource, key)).toBe('{}');
  });

  it.each([
    ['a changed text', { ...resource, ciphertext: changed(0) }, key],
    ['a changed tag', { ...resource, ciphertext: changed(bytes.length - 1) }, key],
    ['a cut tag', { ...resource, ciphertext: bytes.subarray(0, -1).toString('base64') }, key],
    ['other associated data', { ...resource, associated_data: 'refund' }, key],
    ['another nonce', { ...resource, nonce: 'fdasflkja485' }, key],
    ['a nonce of another length', { ...resource, nonce: 'fdasflkja48' }, key],
    ['another algorithm', { ...resource, algorithm: 'AES' }, key],
    ['nothing inside', { ...resource, ciphertext: '' }, key],
    ['another key', resource, Buffer.from('x'.repeat(32))],
    ['a key of another length', resource, Buffer.from('x')],
    ['no text', {}, key],
  ])('is not opened with %s', (_name, sealed, with_) => {
    expect(opened(sealed, with_)).toBeNull();
  });
});
