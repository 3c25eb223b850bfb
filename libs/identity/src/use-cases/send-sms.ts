import { Injectable } from '@nestjs/common';
import { isId } from '@hehuo/kernel';
import { maskPhone } from '../domain/phone.js';
import { smsAttemptsMax, SmsStore } from '../store/sms.store.js';
import { SmsSender } from './sms-sender.port.js';

/**
 * Sends one text of the sms outbox. At least once: a worker that dies between sending and remembering sends again,
 * which for a code does no harm. A failed call is tried again by the sweeper, while the code still works.
 */
@Injectable()
export class SendSms {
  constructor(
    private readonly sms: SmsStore,
    private readonly sender: SmsSender,
  ) {}

  /** `ref` is the id of a row of the outbox, as the event `code.requested` carries it. Throws what the sender throws. */
  async execute(ref: string): Promise<'sent' | 'not_due'> {
    if (!isId('sms', ref)) return 'not_due';
    const message = await this.sms.claim(ref);
    if (!message) return 'not_due';
    try {
      await this.sender.send({
        reference: message.id,
        phone: message.phone,
        maskedPhone: maskPhone(message.phone),
        template: 'sign_in_code',
        values: { code: message.code },
      });
    } catch (error) {
      await this.sms.settle(
        message.id,
        message.attempts,
        message.attempts >= smsAttemptsMax ? 'failed' : 'waiting',
      );
      throw error;
    }
    await this.sms.settle(message.id, message.attempts, 'sent');
    return 'sent';
  }

  /** Texts that wait to be sent: what a sweeper looks for when a hint was lost. */
  due(limit: number): Promise<string[]> {
    return this.sms.due(limit);
  }
}
