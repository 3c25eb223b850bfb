import { Injectable } from '@nestjs/common';
import { SmsSender, type SmsMessage } from '../use-cases/sms-sender.port.js';

/** Where the development sender writes: one line a text. */
export abstract class DevelopmentLog {
  abstract info(fields: Readonly<Record<string, string>>, message: string): void;
}

/**
 * For machines without a provider: writes the code into the log as an event of its own, with the number masked. Never
 * for production, where whoever reads logs could sign in as anybody.
 */
@Injectable()
export class DevelopmentSmsSender extends SmsSender {
  constructor(private readonly log: DevelopmentLog) {
    super();
  }

  async send({ reference, maskedPhone, template, values }: SmsMessage): Promise<void> {
    // Not named `code`: the logger blacks out that field, and here showing it is the point.
    const event = {
      event: 'development.sms',
      sms: reference,
      to: maskedPhone,
      template,
      oneTimeCode: values.code,
    };
    this.log.info(event, 'text message not sent: no provider is configured');
  }
}
