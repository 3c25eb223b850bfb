import { Injectable } from '@nestjs/common';
import { BillLineStore } from '../store/bill-line.store.js';

/** Removes the bytes of old bills; their fingerprints and lines, which name no payer, stay. */
@Injectable()
export class ForgetBills {
  constructor(private readonly lines: BillLineStore) {}

  execute(limit: number): Promise<number> {
    return this.lines.forgetBytes(limit);
  }
}
