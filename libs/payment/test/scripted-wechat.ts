import { createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MerchantKeys, type MerchantKeySet } from '../src/use-cases/gateway.port.js';

/** One answer of the script. An object is sent as JSON, text as it is. */
export interface Scripted {
  readonly status: number;
  readonly body?: object | string;
  /** What is signed instead of the body. */
  readonly signedBody?: string;
  readonly seconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A fresh pair of RSA keys in PEM. */
function pair(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** Answers as told, signed with a platform key of its own, and keeps what it was asked: for the specs of the adapter. */
export class ScriptedWechat {
  readonly mchid = '1900007291';
  readonly platform = pair();
  readonly keys: MerchantKeySet & Record<'appId' | 'merchantSerial' | 'publicKeyId' | 'apiV3Key', string>;
  readonly merchantPublicKey: string;
  readonly merchantKeys: MerchantKeys;
  origin = '';
  answers: (Scripted | 'silence' | 'hang up')[] = [];
  got: { request: IncomingMessage; body: string }[] = [];
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.got.push({ request, body: Buffer.concat(chunks).toString() });
      this.answer(request, response);
    });
  });

  constructor(private readonly nowSeconds: () => number) {
    const merchant = pair();
    this.merchantPublicKey = merchant.publicKey;
    this.keys = {
      ...{ appId: 'wx8888888888888888', merchantSerial: '1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C' },
      ...{ privateKey: merchant.privateKey, apiV3Key: 'TestOnlyTestOnlyTestOnlyTestOnly' },
      ...{ publicKeyId: 'PUB_KEY_ID_0000000000000024', publicKey: this.platform.publicKey },
    };
    const sets = new Map([[this.mchid, [this.keys]]]);
    this.merchantKeys = new (class extends MerchantKeys {
      async find(_gateway: string, mchid: string): Promise<readonly MerchantKeySet[]> {
        return sets.get(mchid) ?? [];
      }
    })();
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this.origin;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  forget(): void {
    this.answers = [];
    this.got = [];
  }

  /** The headers under which WeChat Pay sends these bytes, as an answer or as a callback. */
  signed(body: string, seconds = this.nowSeconds()): Record<string, string> {
    const nonce = '593BEC0C930BF1AFEB40B4A08C8FB242';
    const signature = createSign('sha256')
      .update(`${seconds}\n${nonce}\n${body}\n`)
      .sign(this.platform.privateKey, 'base64');
    return {
      ...{ 'wechatpay-timestamp': String(seconds), 'wechatpay-nonce': nonce },
      ...{ 'wechatpay-serial': this.keys.publicKeyId, 'wechatpay-signature': signature },
    };
  }

  /** Checks a request the way WeChat Pay does, from the words of its documentation. */
  isSigned({ method, url, headers }: IncomingMessage, body: string): boolean {
    const fields = new Map(
      [...String(headers.authorization).matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
    const text = [method, url, fields.get('timestamp'), fields.get('nonce_str'), body, ''].join('\n');
    return (
      String(headers.authorization).startsWith('WECHATPAY2-SHA256-RSA2048 ') &&
      fields.get('mchid') === this.mchid &&
      fields.get('serial_no') === this.keys.merchantSerial &&
      createVerify('sha256')
        .update(text)
        .verify(this.merchantPublicKey, String(fields.get('signature')), 'base64')
    );
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const next: (typeof this.answers)[number] = this.answers.shift() ?? {
      status: 500,
      body: { code: 'NOT_IN_THE_SCRIPT' },
    };
    if (next === 'silence') return;
    if (next === 'hang up') {
      request.socket.destroy();
      return;
    }
    const { status, body = '', signedBody, seconds, headers } = next;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const all = { ...this.signed(signedBody ?? text, seconds), ...headers };
    response.writeHead(status, Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')));
    response.end(text);
  }
}
