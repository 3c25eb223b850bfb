import { randomBytes, sign, type KeyObject } from 'node:crypto';

const sha256WithRsa = tlv(0x30, tlv(0x06, Buffer.from('2a864886f70d01010b', 'hex')), tlv(0x05));
const commonName = tlv(0x06, Buffer.from('550403', 'hex'));
const yearMs = 365 * 86_400_000;
const serialBytes = 20;

export interface Certificate {
  readonly pem: string;
  /** Upper-case hexadecimal, as headers name it. */
  readonly serial: string;
}

/**
 * A self-signed X.509 certificate (RFC 5280) with nothing in it but a name, five years and the key: what a merchant in
 * certificate mode keeps of WeChat Pay. Node can read certificates and not make them, and this is all of one.
 */
export function selfSigned(
  publicKey: KeyObject,
  privateKey: KeyObject,
  name: string,
  nowMs: number,
): Certificate {
  const serial = randomBytes(serialBytes);
  // A positive number without a leading zero, so that its hexadecimal is the same wherever it is shown.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const named = tlv(0x30, tlv(0x31, tlv(0x30, commonName, tlv(0x0c, Buffer.from(name)))));
  const dates = tlv(0x30, utcTime(nowMs - 86_400_000), utcTime(nowMs + 5 * yearMs));
  const content = tlv(
    0x30,
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, serial),
    ...[sha256WithRsa, named, dates, named],
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = tlv(0x03, Buffer.from([0]), sign('sha256', content, privateKey));
  const base64 = tlv(0x30, content, sha256WithRsa, signature).toString('base64');
  const body = base64.match(/.{1,64}/g)?.join('\n') ?? '';
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
    serial: serial.toString('hex').toUpperCase(),
  };
}

/** Tag, length, value: the whole of DER. */
function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const size = value.length;
  const length =
    size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, Math.floor(size / 0x100), size % 0x100];
  return Buffer.concat([Buffer.from([tag, ...length]), value]);
}

function utcTime(instantMs: number): Buffer {
  const digits = new Date(instantMs).toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return tlv(0x17, Buffer.from(`${digits}Z`));
}
