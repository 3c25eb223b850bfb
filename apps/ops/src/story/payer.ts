import { request } from 'undici';
import { UserError } from '../output/terminal.js';
import type { Neighbour } from './cast.js';
import type { Timeline } from './timeline.js';
import type { ChargeView } from './views.js';

const orderSecondsMax = 20;
const paidSecondsMax = 30;

/** Pays one pledge as a person does: asks for the payment page, presses the button on it, and looks whether it arrived. */
export async function pay(
  { at, caller }: Neighbour,
  pledgeId: string,
  timeline: Timeline,
): Promise<ChargeView> {
  const key = `pay-${pledgeId}`;
  const opened = await caller.post<ChargeView>(`/v1/pledges/${pledgeId}/charges`, { body: {}, key });
  const path = `/v1/charges/${opened.id}`;
  const ready = await timeline.until(`the payment page of household ${at}`, orderSecondsMax, async () => {
    const charge = await caller.get<ChargeView>(path);
    return charge.pay?.kind === 'link' ? charge.pay.url : null;
  });
  await pressPay(ready);
  return timeline.until(`the payment of household ${at}`, paidSecondsMax, async () => {
    const charge = await caller.get<ChargeView>(path);
    return charge.status === 'paid' ? charge : null;
  });
}

/** The form of the gateway's page: the token in its address guards it. */
async function pressPay(payUrl: string): Promise<void> {
  const url = new URL(payUrl);
  const token = url.searchParams.get('token') ?? '';
  const page = await request(payUrl);
  await page.body.dump();
  const { statusCode, body } = await request(`${url.origin}${url.pathname}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token, lang: 'zh' }).toString(),
  });
  await body.dump();
  if (statusCode !== 303)
    throw new UserError(`The payment page answered ${statusCode} instead of taking the payment.`);
}
