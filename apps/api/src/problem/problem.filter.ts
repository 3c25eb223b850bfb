import { Catch, Inject, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '@hehuo/kernel';
import type { Logger } from '@hehuo/platform';
import { RouteTable } from '../access/route-table.js';
import { LOGGER } from '../observability/tokens.js';
import { HttpProblem } from './http-problem.js';
import { INTERNAL, sendProblem } from './problem-document.js';
import { refusalOf } from './problem-of-error.js';

/** The one way out for everything that is thrown. A fault of ours is logged in full and told without any of it. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly table: RouteTable,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    const refusal = this.wrongMethod(error, request, reply) ?? refusalOf(error);
    if (!refusal) this.logger.error({ err: error, requestId: request.id }, 'a request failed');
    else if (!(error instanceof DomainError) && refusal.details['retryAfterSeconds'] !== undefined) {
      this.logger.warn({ err: error, requestId: request.id, problem: refusal.code }, 'a request was put off');
    }
    if (reply.sent || reply.raw.headersSent) return;
    await sendProblem(request, reply, refusal ?? INTERNAL);
  }

  private wrongMethod(error: unknown, request: FastifyRequest, reply: FastifyReply): HttpProblem | null {
    if (!(error instanceof NotFoundException)) return null;
    const methods = this.table.methodsAt(request.url.split('?')[0] ?? '');
    if (methods.length === 0) return null;
    void reply.header('allow', methods.join(', '));
    return new HttpProblem('method_not_allowed', `this address answers ${methods.join(', ')}`);
  }
}
