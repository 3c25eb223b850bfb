import type { FastifyInstance } from 'fastify';
import { refuse } from '../gateway/answers.js';
import { forge, sign, signatureHeader, verify } from '../signature.js';
import type { ServerParts } from './server-parts.js';

const noBytes = Buffer.alloc(0);

/** Everything registered in this scope asks for a signed request and gives a signed response. */
export function signedScope(
  scope: FastifyInstance,
  { secret, clock }: Pick<ServerParts, 'secret' | 'clock'>,
): void {
  scope.removeAllContentTypeParsers();
  // Signatures cover the bytes as sent, so parsing waits until they have been checked.
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
  scope.addHook('preValidation', async (request, reply) => {
    const bytes = Buffer.isBuffer(request.body) ? request.body : noBytes;
    const header = request.headers[signatureHeader];
    const nowSeconds = Math.floor(clock.nowMs() / 1000);
    const parts = [request.method, request.raw.url ?? ''];
    const verdict = verify(secret, Array.isArray(header) ? undefined : header, nowSeconds, parts, bytes);
    if (verdict !== 'valid') {
      request.log.warn({ verdict }, 'request refused');
      const refusal = refuse(401, 'bad_signature', `The signature of the request is ${verdict}.`);
      return reply.code(refusal.status).send(refusal.body);
    }
    if (bytes.length === 0) {
      request.body = undefined;
      return undefined;
    }
    try {
      request.body = JSON.parse(bytes.toString('utf8'));
    } catch {
      const refusal = refuse(400, 'invalid_request', 'The body is not JSON.');
      return reply.code(refusal.status).send(refusal.body);
    }
    return undefined;
  });
  scope.addHook('onSend', async (_request, reply, payload) => {
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : noBytes;
    const nowSeconds = Math.floor(clock.nowMs() / 1000);
    const signature = sign(secret, nowSeconds, [String(reply.statusCode)], bytes);
    reply.header(signatureHeader, reply.isSignatureSpoiled ? forge(signature) : signature);
    return payload;
  });
}
