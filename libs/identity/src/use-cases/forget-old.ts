import { Injectable } from '@nestjs/common';
import { AttemptStore } from '../store/attempt.store.js';
import { CodeStore } from '../store/code.store.js';
import { SessionStore } from '../store/session.store.js';
import { SmsStore } from '../store/sms.store.js';

/** Records of use are kept for six months (cybersecurity law §21), then a session row has no use. */
const sessionDays = 183;

/** Deletes what is over: codes, texts, counters, sessions. The worker runs it in the night. */
@Injectable()
export class ForgetOld {
  constructor(
    private readonly codes: CodeStore,
    private readonly sms: SmsStore,
    private readonly attempts: AttemptStore,
    private readonly sessions: SessionStore,
  ) {}

  async execute(): Promise<void> {
    await this.codes.forgetOver();
    await this.sms.forgetOver();
    await this.attempts.forgetOver();
    await this.sessions.forgetOld(sessionDays);
  }
}
