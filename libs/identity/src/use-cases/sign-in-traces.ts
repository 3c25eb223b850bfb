import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { FieldCipher } from '@hehuo/platform';
import { CodeStore } from '../store/code.store.js';
import { SmsStore } from '../store/sms.store.js';
import { StaffStore } from '../store/staff.store.js';

/** What signing in left behind: codes and texts of the number, and the staff credential. */
@Injectable()
export class SignInTraces {
  constructor(
    private readonly codes: CodeStore,
    private readonly sms: SmsStore,
    private readonly staff: StaffStore,
    private readonly cipher: FieldCipher,
  ) {}

  async forget(tx: Tx, personId: Id<'per'>, phone: string | null): Promise<void> {
    await this.staff.remove(tx, personId);
    if (phone === null) return;
    const index = this.cipher.blindIndex('phone', phone);
    await this.codes.forget(tx, index);
    await this.sms.forget(tx, index);
  }
}
