import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '@hehuo/kernel';
import type { Logger } from '@hehuo/platform';
import { LOGGER } from '../observability/tokens.js';
import { INTERNAL, sendProblem } from './problem-document.js';
import { refusalOf } from './problem-of-error.js';

/** The one way out for everything that is thrown. A fault of ours is logged in full and told without any of it. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    const refusal = refusalOf(error);
    if (!refusal) this.logger.error({ err: error, requestId: request.id }, 'a request failed');
    else if (!(error instanceof DomainError) && refusal.details['retryAfterSeconds'] !== undefined) {
      this.logger.warn({ err: error, requestId: request.id, code: refusal.code }, 'a request was put off');
    }
    if (reply.sent || reply.raw.headersSent) return;
    await sendProblem(request, reply, refusal ?? INTERNAL);
  }
}
