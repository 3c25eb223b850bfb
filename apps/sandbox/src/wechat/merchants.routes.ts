import type { FastifyInstance } from 'fastify';
import { refuse } from '../gateway/answers.js';
import { asJson } from '../http/perform.js';
import type { ServerParts } from '../http/server-parts.js';
import { UnusableMerchantError, type WechatMerchantInput } from './merchants.js';

const merchantsSchema = {
  type: 'array',
  maxItems: 100,
  items: {
    type: 'object',
    required: ['mchid', 'appid', 'serial', 'publicKey', 'apiV3Key', 'mode'],
    additionalProperties: false,
    properties: {
      mchid: { type: 'string', pattern: '^[0-9]{8,12}$' },
      appid: { type: 'string', pattern: '^wx[0-9a-zA-Z]{6,30}$' },
      serial: { type: 'string', pattern: '^[0-9A-F]{8,64}$' },
      publicKey: { type: 'string', maxLength: 4_000 },
      apiV3Key: { type: 'string', maxLength: 32 },
      mode: { type: 'string', enum: ['public-key', 'certificate'] },
    },
  },
};

/** Which merchants may speak WeChat Pay here, and what they verify its answers with. */
export function wechatMerchantRoutes(scope: FastifyInstance, { wechat }: ServerParts): void {
  scope.get('/wechat/merchants', () => wechat.view());

  scope.put<{ Body: WechatMerchantInput[] }>(
    '/wechat/merchants',
    { schema: { body: merchantsSchema } },
    async ({ body }, reply) => {
      try {
        await wechat.replace(body);
      } catch (error) {
        if (!(error instanceof UnusableMerchantError)) throw error;
        return asJson(reply, refuse(400, 'invalid_request', error.message));
      }
      return reply.send(wechat.view());
    },
  );
}
