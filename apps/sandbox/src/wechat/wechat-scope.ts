import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServerParts } from '../http/server-parts.js';
import { errorOf } from './answers.js';
import type { WechatMerchant, WechatMerchants } from './merchants.js';
import { isRsaSigned, lines, nonce, rsaSign, spoiled } from './text.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who signed the request; set before any route of WeChat Pay runs. */
    wechatMerchant: WechatMerchant | null;
  }
}

const skewSecondsMax = 300;
const noBytes = Buffer.alloc(0);
const scheme = 'WECHATPAY2-SHA256-RSA2048 ';
/** What WeChat Pay puts in front of signatures that it spoils on purpose. */
export const probePrefix = 'WECHATPAY/SIGNTEST/';
/** Files come without a signature. */
const unsignedPath = '/v3/billdownload/file';

/** Everything in this scope asks for a request signed by a merchant and gives an answer signed by the platform. */
export function wechatScope(scope: FastifyInstance, { wechat, clock }: ServerParts): void {
  scope.decorateRequest('wechatMerchant', null);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
  scope.addHook('preValidation', async (request, reply) => {
    const bytes = Buffer.isBuffer(request.body) ? request.body : noBytes;
    const verdict = admit(wechat, request, bytes, Math.floor(clock.nowMs() / 1000));
    if (verdict !== null) {
      request.log.warn({ verdict }, 'request refused');
      return send(reply, 401, errorOf('SIGN_ERROR', `签名错误: ${verdict}`));
    }
    if (bytes.length === 0) {
      request.body = undefined;
      return undefined;
    }
    try {
      request.body = JSON.parse(bytes.toString('utf8'));
    } catch {
      return send(reply, 400, errorOf('PARAM_ERROR', 'The body is not JSON.'));
    }
    return undefined;
  });
  scope.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    return status >= 500
      ? send(reply, 500, errorOf('SYSTEM_ERROR', '系统错误'))
      : send(reply, 400, errorOf('PARAM_ERROR', error.message));
  });
  scope.addHook('onSend', async (request, reply, payload) => {
    const merchant = request.wechatMerchant;
    if (merchant === null || request.routeOptions.url === unsignedPath) return payload;
    const body = typeof payload === 'string' ? payload : '';
    reply.headers(headersFor(wechat, merchant, body, Math.floor(clock.nowMs() / 1000), spoilOf(reply)));
    return payload;
  });
}

export type Spoil = 'forged' | 'probe' | null;

/** The four headers under which an answer or a callback travels. */
export function headersFor(
  wechat: WechatMerchants,
  merchant: WechatMerchant,
  body: string,
  seconds: number,
  spoil: Spoil,
): Record<string, string> {
  const once = nonce();
  const signature = rsaSign(lines([String(seconds), once, body]), wechat.privateKey);
  const shown = { forged: spoiled(signature), probe: `${probePrefix}${signature.slice(0, 200)}` };
  return {
    ...{ 'wechatpay-timestamp': String(seconds), 'wechatpay-nonce': once },
    ...{ 'wechatpay-serial': wechat.serialFor(merchant) },
    ...{ 'wechatpay-signature-type': scheme.trim() },
    'wechatpay-signature': spoil === null ? signature : shown[spoil],
  };
}

function spoilOf(reply: FastifyReply): Spoil {
  if (reply.isSignatureProbe) return 'probe';
  return reply.isSignatureSpoiled ? 'forged' : null;
}

/** Null when the request is a merchant's, else what is wrong with it. */
function admit(
  wechat: WechatMerchants,
  request: FastifyRequest,
  body: Buffer,
  nowSeconds: number,
): string | null {
  const header = request.headers.authorization ?? '';
  if (!header.startsWith(scheme)) return 'no_authorization';
  const fields = new Map([...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
  const read = (name: string): string => fields.get(name) ?? '';
  const merchant = wechat.find(read('mchid'));
  if (!merchant || merchant.serial !== read('serial_no').toUpperCase()) return 'unknown_serial';
  const [seconds, once] = [read('timestamp'), read('nonce_str')];
  const text = lines([request.method, request.raw.url ?? '', seconds, once, body.toString('utf8')]);
  request.wechatMerchant = merchant;
  if (once.length < 8 || once.length > 32 || !isRsaSigned(text, merchant.key, read('signature'))) {
    return 'wrong';
  }
  return Math.abs(nowSeconds - Number(seconds)) > skewSecondsMax ? 'stale' : null;
}

function send(reply: FastifyReply, status: number, body: object): FastifyReply {
  return reply.code(status).send(body);
}
