import { describe, expect, it } from '@jest/globals';
import { forge, sign, verify } from './signature.js';

const key = 'sandbox-test-secret-0001';
const at = 1795430400;

/** Made with: printf '<t>.<parts>.<body>' | openssl dgst -sha256 -hmac sandbox-test-secret-0001 */
const vectors: [string, string[], string, string][] = [
  [
    'a request',
    ['POST', '/orders'],
    '{"orderNo":"C1"}',
    'dafe7b997c9acb0200bb241bc61468920cc49a5d64afb55504fe795135acc112',
  ],
  [
    'a request with a query and no body',
    ['GET', '/books?limit=2'],
    '',
    'ead6f06000490420173449295b0ae86cb8baa4bf6b4bf6c960c43cde0af86ca6',
  ],
  [
    'a response',
    ['200'],
    '{"state":"open"}',
    '8fd1fcbf873c85b84a2970a3434bdbcbb2c01dc4732fb28c772ae3df615bbca1',
  ],
  [
    'a callback',
    [],
    '{"event":"charge.paid"}',
    'f3314f5f774ccd3969e93e7d8f9d0e6ed126550929efad8ceb8b82b758153eef',
  ],
  [
    'a body in Chinese',
    [],
    '{"d":"书院雅居"}',
    '1c05e3c0de9d68f65019c4384ddb137ae17d288c96403d24534edd05b91a031d',
  ],
];

describe('signature', () => {
  it.each(vectors)('signs and accepts %s as openssl does', (_, parts, body, hex) => {
    expect(sign(key, at, parts, Buffer.from(body))).toBe(`t=${at},v1=${hex}`);
    expect(verify(key, `t=${at},v1=${hex}`, at, parts, Buffer.from(body))).toBe('valid');
  });

  it('tells what is wrong', () => {
    const body = Buffer.from('{}');
    const header = sign(key, at, ['PUT', '/faults'], body);
    const check = (given: string | undefined, now = at, parts = ['PUT', '/faults']) =>
      verify(key, given, now, parts, body);
    expect(check(undefined)).toBe('missing');
    expect(check('v1=00')).toBe('malformed');
    expect(check(`${header},v2=00`)).toBe('malformed');
    expect(check(header.toUpperCase())).toBe('malformed');
    expect(check(header, at + 300)).toBe('valid');
    expect(check(header, at + 301)).toBe('stale');
    expect(check(header, at - 301)).toBe('stale');
    expect(check(header, at, ['GET', '/faults'])).toBe('wrong');
    expect(check(forge(header))).toBe('wrong');
    expect(verify('another-secret-000000', header, at, ['PUT', '/faults'], body)).toBe('wrong');
  });
});
