import type { FastifyInstance } from 'fastify';
import { refuse } from '../gateway/answers.js';
import { asJson } from '../http/perform.js';
import type { ServerParts } from '../http/server-parts.js';
import { UnusableKeyError, type MerchantInput } from './merchants.js';

const merchantsSchema = {
  type: 'array',
  maxItems: 100,
  items: {
    type: 'object',
    required: ['appId', 'sellerId', 'publicKey'],
    additionalProperties: false,
    properties: {
      appId: { type: 'string', pattern: '^[0-9]{16}$' },
      sellerId: { type: 'string', pattern: '^2088[0-9]{12}$' },
      publicKey: { type: 'string', pattern: '^[A-Za-z0-9+/=]{100,2000}$' },
    },
  },
};

/** Which apps may speak the Alipay dialect, and the public key that they check its answers with. */
export function alipayMerchantRoutes(scope: FastifyInstance, { merchants }: ServerParts): void {
  const view = () => ({ alipayPublicKey: merchants.publicKey, merchants: merchants.list() });

  scope.get('/alipay/merchants', view);

  scope.put<{ Body: MerchantInput[] }>(
    '/alipay/merchants',
    { schema: { body: merchantsSchema } },
    async ({ body }, reply) => {
      try {
        await merchants.replace(body);
      } catch (error) {
        if (!(error instanceof UnusableKeyError)) throw error;
        return asJson(reply, refuse(400, 'invalid_request', error.message));
      }
      return reply.send(view());
    },
  );
}
