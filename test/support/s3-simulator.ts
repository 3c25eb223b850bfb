import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SystemClock } from '@hehuo/platform';

const hex = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const mac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
const clockSkewMs = 15 * 60_000;

export interface S3Account {
  readonly bucket: string;
  readonly region: string;
  readonly keyId: string;
  readonly secret: string;
}

/** One bucket that keeps its own books and believes no signature that it has not computed by itself. */
export class S3Simulator {
  readonly objects = new Map<string, Buffer>();
  /** What was asked and answered, in order. */
  readonly book: { readonly method: string; readonly key: string; readonly status: number }[] = [];
  /** What the next requests get instead of an answer: a status, half of the bytes, or nothing at all. */
  readonly troubles: (number | 'half' | 'silence')[] = [];
  private readonly server = createServer((request, response) => {
    this.answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });

  constructor(private readonly account: S3Account) {}

  async start(): Promise<string> {
    await new Promise<void>((ready) => this.server.listen(0, '127.0.0.1', ready));
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/${this.account.bucket}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const { method = '', url = '' } = request;
    const key = url.slice(`/${this.account.bucket}/`.length);
    const trouble = this.troubles.shift();
    if (trouble === 'silence') return;
    const [status, bytes] = typeof trouble === 'number' ? [trouble] : this.act(request, key, body);
    this.book.push({ method, key, status });
    if (trouble === 'half' && bytes) {
      response.writeHead(status, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
      return;
    }
    response.writeHead(status, bytes ? { 'content-length': bytes.length } : {});
    response.end(method === 'HEAD' ? undefined : bytes);
  }

  private act(request: IncomingMessage, key: string, body: Buffer): [number, Buffer?] {
    if (!this.isSigned(request, body)) return [403];
    if (!request.url?.startsWith(`/${this.account.bucket}/`)) return [404];
    const kept = this.objects.get(key);
    if (request.method === 'PUT') {
      this.objects.set(key, body);
      return [200];
    }
    if (request.method === 'DELETE') {
      this.objects.delete(key);
      return [204];
    }
    return kept ? [200, kept] : [404];
  }

  /** AWS Signature Version 4 as its specification says it: canonical request, string to sign, derived key. */
  private isSigned({ method = '', url = '', headers }: IncomingMessage, body: Buffer): boolean {
    const { keyId, region, secret } = this.account;
    const form = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
    const [, credential = '', names = '', signature = ''] = form.exec(headers.authorization ?? '') ?? [];
    const signed = names.split(';');
    const at = String(headers['x-amz-date']);
    const day = at.slice(0, 8);
    const scope = `${day}/${region}/s3/aws4_request`;
    const mustSign = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
    if (credential !== `${keyId}/${scope}` || !mustSign.every((name) => signed.includes(name))) return false;
    if (headers['x-amz-content-sha256'] !== hex(body) || !isNow(at)) return false;
    const [path = '', query = ''] = url.split('?');
    const lines = signed.map((name) => `${name}:${String(headers[name]).trim()}\n`).join('');
    const canonical = [method, path, query, lines, names, hex(body)].join('\n');
    const toSign = ['AWS4-HMAC-SHA256', at, scope, hex(canonical)].join('\n');
    const key = [region, 's3', 'aws4_request'].reduce(mac, mac(`AWS4${secret}`, day));
    return timingSafeEqual(mac(key, toSign), Buffer.from(signature, 'hex'));
  }
}

function isNow(at: string): boolean {
  const iso = at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return Math.abs(Date.parse(iso) - new SystemClock().now().getTime()) < clockSkewMs;
}
