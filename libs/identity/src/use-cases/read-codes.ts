import { Injectable } from '@nestjs/common';
import { maskPhone } from '../domain/phone.js';
import { SmsStore, type SmsState } from '../store/sms.store.js';

const shownMax = 50;

export interface LiveCode {
  readonly phone: string;
  readonly maskedPhone: string;
  readonly code: string;
  readonly state: SmsState;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** The codes that work right now, newest first: for `ops codes` on a machine without an SMS provider. */
@Injectable()
export class ReadCodes {
  constructor(private readonly sms: SmsStore) {}

  async execute(): Promise<LiveCode[]> {
    const list = await this.sms.live(shownMax);
    return list.map(({ phone, code, state, createdAt, expiresAt }) => ({
      phone,
      maskedPhone: maskPhone(phone),
      code,
      state,
      createdAt,
      expiresAt,
    }));
  }
}
