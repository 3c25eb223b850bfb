import type { FastifyInstance } from 'fastify';
import { MisplacedFaultError } from '../faults/fault-switches.js';
import { faultsSchema, type RuleInput } from '../faults/rules.js';
import { refuse } from '../gateway/answers.js';
import { booksPageDefault, booksPageMax } from '../gateway/queries.js';
import { asJson } from './perform.js';
import type { ServerParts } from './server-parts.js';

const pageSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    after: { type: 'string', pattern: '^[0-9]{1,12}$' },
    limit: { type: 'string', pattern: '^[1-9][0-9]{0,3}$' },
  },
};

interface Page {
  Querystring: { after?: string; limit?: string };
}

const billSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { payee: { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,64}$' } },
};

interface Bill {
  Params: { date: string };
  Querystring: { payee?: string };
}

/** The truth of the books, for audits, the bills, and the switches, for tests. Switches touch the bills alone. */
export function auditRoutes(scope: FastifyInstance, { queries, bills, faults }: ServerParts): void {
  scope.get<Page>('/books', { schema: { querystring: pageSchema } }, ({ query }, reply) => {
    const limit = Math.min(Number(query.limit ?? booksPageDefault), booksPageMax);
    return asJson(reply, queries.page(Number(query.after ?? 0), limit));
  });

  scope.get('/books/totals', (_request, reply) => asJson(reply, queries.totals()));

  scope.get<Bill>('/bills/:date', { schema: { querystring: billSchema } }, ({ params, query }, reply) => {
    const bill = bills.text(params.date, query.payee);
    return typeof bill === 'string' ? reply.type('text/csv; charset=utf-8').send(bill) : asJson(reply, bill);
  });

  scope.put<{ Body: RuleInput[] }>('/faults', { schema: { body: faultsSchema } }, ({ body }, reply) => {
    try {
      faults.set(body);
    } catch (error) {
      if (!(error instanceof MisplacedFaultError)) throw error;
      return asJson(reply, refuse(400, 'invalid_request', error.message));
    }
    return reply.send({ rules: faults.list() });
  });

  scope.get('/faults', () => ({ rules: faults.list() }));

  scope.delete('/faults', () => {
    faults.set([]);
    return { rules: [] };
  });
}
