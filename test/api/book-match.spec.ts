import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { WriteBook } from '@hehuo/book';
import { FoldLedger } from '@hehuo/ledger';
import request from 'supertest';
import { cellsOf } from '../support/book-api.js';
import { MatchedApi } from '../support/matched-api.js';
import { now } from '../support/money-api.js';

const money = new MatchedApi();
beforeAll(async () => {
  await money.start();
});
afterAll(() => money.stop());

it('the book names the voucher of a match that came, on the screen and in the file', async () => {
  const [staff, approver] = [money.person('community_staff'), money.person('fund_approver')];
  const binding = `/v1/campaigns/${money.campaign.campaignId}/match-pools/${money.poolId}`;
  await request(money.api.url)
    .put(`${binding}/receipt`)
    .set('authorization', `Bearer ${staff.token}`)
    .send({ amount: '10000', voucher: 'BANK-0001', evidence: '银行回单', receivedAt: now().toISOString() })
    .expect(204);
  await money.post(approver, `${binding.slice(3)}/receipt/confirm`).expect(204);
  const { app } = money.api;
  while (await app.get(FoldLedger, { strict: false }).execute());
  while (await app.get(WriteBook, { strict: false }).execute());

  const screen = await money.nobody('get', money.path('/book?limit=100&lang=en')).expect(200);
  const line = screen.body.items.find(({ reason }: { reason: string }) => reason === 'match-received');
  expect(line).toMatchObject({ amount: '10000', voucher: 'BANK-0001', payer: null });
  const one = await money.nobody('get', `/book-lines/${line.id}`).expect(200);
  expect(one.body.voucher).toBe('BANK-0001');
  const file = await money.nobody('get', money.path('/book.csv?lang=en')).buffer(true).expect(200);
  const [header, ...rows] = cellsOf(file.text);
  const row = rows.find((cells) => cells.at(-1) === line.id)!;
  expect(row[header!.indexOf('voucher')]).toBe('BANK-0001');
});
