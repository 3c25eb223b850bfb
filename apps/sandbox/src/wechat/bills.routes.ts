import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ServerParts } from '../http/server-parts.js';
import { errorOf } from './answers.js';
import { billOf } from './bills.js';
import { merchantOf } from './wechat.routes.js';

const daySchema = {
  type: 'object',
  required: ['bill_date'],
  properties: {
    bill_date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    bill_type: { type: 'string', const: 'ALL' },
    account_type: { type: 'string', const: 'BASIC' },
  },
};
const dayMs = 86_400_000;
const readyMs = 10 * 3_600_000;
const addressMs = 300_000;
const filesMax = 100;

interface File {
  readonly mchid: string;
  readonly text: string;
  readonly untilMs: number;
}

/** Bills of a day from ten o'clock of the next day on, at addresses that live for five minutes. */
export function wechatBillRoutes(scope: FastifyInstance, { keeper, clock, publicUrl }: ServerParts): void {
  const files = new Map<string, File>();
  const bills = { '/v3/bill/tradebill': 'trade', '/v3/bill/fundflowbill': 'funds' } as const;
  for (const [path, kind] of Object.entries(bills)) {
    scope.get<{ Querystring: { bill_date: string } }>(
      path,
      { schema: { querystring: daySchema } },
      (request, reply) => {
        const merchant = merchantOf(request);
        const day = request.query.bill_date;
        const endMs = Date.parse(`${day}T00:00:00+08:00`) + dayMs;
        const nowMs = clock.nowMs();
        if (Number.isNaN(endMs)) return reply.code(400).send(errorOf('PARAM_ERROR', '账单日期格式不正确'));
        if (nowMs >= endMs && nowMs < endMs + readyMs) {
          return reply.code(400).send(errorOf('STATEMENT_CREATING', '账单生成中'));
        }
        const text = nowMs < endMs ? undefined : billOf(keeper.books, merchant, day, kind);
        if (text === undefined) {
          return reply.code(400).send(errorOf('NO_STATEMENT_EXIST', '账单文件不存在'));
        }
        const token = randomBytes(18).toString('base64url');
        if (files.size >= filesMax) files.clear();
        files.set(token, { mchid: merchant.mchid, text, untilMs: nowMs + addressMs });
        const hash_value = createHash('sha1').update(text).digest('hex');
        const download_url = `${publicUrl()}/v3/billdownload/file?token=${token}`;
        return reply.send({ hash_type: 'SHA1', hash_value, download_url });
      },
    );
  }

  scope.get<{ Querystring: { token?: string } }>('/v3/billdownload/file', (request, reply) => {
    const file = files.get(request.query.token ?? '');
    if (file?.mchid !== merchantOf(request).mchid || file.untilMs < clock.nowMs()) {
      return reply.code(400).send(errorOf('INVALID_REQUEST', '下载地址已失效'));
    }
    return reply.type('text/plain; charset=utf-8').send(file.text);
  });
}
