import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Clock } from '@hehuo/kernel';
import { request } from 'undici';
import { SmsSender, type SmsMessage } from '../use-cases/sms-sender.port.js';

export interface WebhookOptions {
  /** The operator's own, never somebody's input; where it leads is not followed any further. */
  readonly url: string;
  readonly secret: string;
  readonly timeoutMs: number;
}

/**
 * Posts each text as JSON to a small service of the operator, which hands it to their provider. The header
 * `hehuo-signature` is `v1=` and the HMAC-SHA256 in hex of `<hehuo-timestamp>.<body>`; `idempotency-key` is the same when
 * a text is sent again. Any 2xx says that it was taken; everything else is tried again while the code works.
 */
@Injectable()
export class WebhookSmsSender extends SmsSender {
  constructor(
    private readonly options: WebhookOptions,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Throws without the number, the code or the answer: what is thrown is logged. */
  async send({ reference, phone, template, values }: SmsMessage): Promise<void> {
    const { url, secret, timeoutMs } = this.options;
    const body = JSON.stringify({ reference, phone, template, values });
    const timestamp = String(Math.floor(this.clock.now().getTime() / 1000));
    const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    const answer = await request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'idempotency-key': reference,
        'hehuo-timestamp': timestamp,
        'hehuo-signature': `v1=${signature}`,
      },
      body,
      // A few texts a minute need no connection that stays open.
      reset: true,
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body.dump();
    if (answer.statusCode >= 200 && answer.statusCode < 300) return;
    throw new Error(`the webhook of SMS_WEBHOOK_URL did not take a text: it answered ${answer.statusCode}`);
  }
}
