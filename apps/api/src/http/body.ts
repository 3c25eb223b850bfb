import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { HttpProblem } from '../problem/http-problem.js';

export const bodyBytesMax = 64 * 1024;

/** Reads JSON in UTF-8 and nothing else. `__proto__` and `constructor.prototype` keys are refused, not dropped. */
export function readJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: bodyBytesMax },
    (request, body: Buffer, done) => {
      if (request.routeOptions.config.rawBody) request.rawBody = body;
      if (!isUtf8(body)) {
        done(new HttpProblem('malformed_request', 'send JSON in UTF-8; these bytes are not'));
        return;
      }
      void parse(request, body.toString('utf8'), done);
    },
  );
}
