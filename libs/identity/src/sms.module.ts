import { Module, type DynamicModule } from '@nestjs/common';
import { IdentityModule } from './identity.module.js';
import { SendSms } from './use-cases/send-sms.js';
import { SmsSender } from './use-cases/sms-sender.port.js';

/** For the process that sends texts. The api only writes them into the outbox. */
@Module({})
export class SmsModule {
  static with(sender: SmsSender): DynamicModule {
    return {
      module: SmsModule,
      imports: [IdentityModule],
      providers: [{ provide: SmsSender, useValue: sender }, SendSms],
      exports: [SendSms],
    };
  }
}
