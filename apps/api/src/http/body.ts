import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { HttpProblem } from '../problem/http-problem.js';

export const bodyBytesMax = 64 * 1024;

/** What the sender calls a file does not matter: its bytes say what it is. */
const FILES = /^(?:image\/[a-z0-9.+-]{1,40}|application\/(?:octet-stream|pdf))(?:;|$)/i;

/** Deeper than any body of ours; what walks a body is recursive, and its stack must not be the caller's to exhaust. */
const bodyDepthMax = 32;

/** Reads JSON in UTF-8, and CSV, files or the bytes of a form where a route asks for them; nothing else. `__proto__` and `constructor.prototype` keys are refused, not dropped. */
export function readJsonAndFiles(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: bodyBytesMax },
    (request, body: Buffer, done) => {
      if (request.routeOptions.config.rawBody) request.rawBody = body;
      // Many clients name the type of a body they do not send; where one is needed, its DTO says so.
      if (body.length === 0) {
        done(null, undefined);
        return;
      }
      if (!isUtf8(body)) {
        done(new HttpProblem('malformed_request', 'send JSON in UTF-8; these bytes are not'));
        return;
      }
      if (depthOf(body) > bodyDepthMax) {
        done(new HttpProblem('malformed_request', `nest objects and lists at most ${bodyDepthMax} deep`));
        return;
      }
      void parse(request, body.toString('utf8'), done);
    },
  );
  // Some gateways sign a form. Whoever asks for the bytes reads them; nothing is parsed here.
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer', bodyLimit: bodyBytesMax },
    (request, body: Buffer, done) => {
      if (!request.routeOptions.config.rawBody) {
        done(new HttpProblem('unsupported_media_type', 'send content-type: application/json'));
        return;
      }
      request.rawBody = body;
      done(null, undefined);
    },
  );
  // The stream goes on unread: the guard decides before the first byte of a large file is taken.
  server.addContentTypeParser('text/csv', (request, payload, done) => {
    if (request.routeOptions.config.csv) done(null, payload);
    else done(new HttpProblem('unsupported_media_type', 'send content-type: application/json'));
  });
  server.addContentTypeParser(FILES, (request, payload, done) => {
    if (request.routeOptions.config.file) done(null, payload);
    else done(new HttpProblem('unsupported_media_type', 'send content-type: application/json'));
  });
}

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\[]{}');

/** How deep brackets are nested outside of strings. A text that is no JSON gets some number, and its error later. */
function depthOf(json: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (isInString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) isInString = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) deepest = Math.max(deepest, (depth += 1));
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth -= 1;
  }
  return deepest;
}
