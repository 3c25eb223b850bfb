import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/**
 * ETags for the reads that pages repeat. The tag is made of the answer itself: two readers of one object may see
 * different names and sums, and what is derived from the clock has no version, so no row's version could stand for it.
 */
export function tagPolledReads(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    if (!request.routeOptions.config.polled || reply.statusCode !== 200 || typeof payload !== 'string') {
      done();
      return;
    }
    const tag = `W/"${createHash('sha256').update(payload).digest('base64url').slice(0, 22)}"`;
    void reply
      .header('etag', tag)
      .header('cache-control', 'private, no-cache')
      .header('vary', 'authorization, cookie, accept-language');
    if (!isKnown(request.headers['if-none-match'], tag)) {
      done(null, payload);
      return;
    }
    void reply.code(304).removeHeader('content-type').removeHeader('content-length');
    done(null, '');
  });
}

function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => {
    const known = one.trim();
    return known === '*' || known === tag || `W/${known}` === tag;
  });
}
