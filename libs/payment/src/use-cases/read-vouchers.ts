import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { VoucherStore, type Voucher } from '../store/voucher.store.js';

/** For the public book: what proves the movements that the ledger names by reference. */
@Injectable()
export class ReadVouchers {
  /** By the prefix of the reference; a kind of movement that gets vouchers gets its line here. */
  private readonly readers: Readonly<Record<string, (refs: readonly string[]) => Promise<Voucher[]>>>;

  constructor(private readonly vouchers: VoucherStore) {
    this.readers = {
      chg: (refs) => vouchers.ofCharges(refs),
      rfd: (refs) => vouchers.ofRefunds(refs),
      pyo: (refs) => vouchers.ofPayouts(refs),
      clw: (refs) => vouchers.ofClawBacks(refs),
    };
  }

  /** References of an unknown kind have none. Costs one look a kind. */
  async ofRefs(refs: readonly string[]): Promise<Map<string, Voucher>> {
    const found = await Promise.all(
      Object.entries(this.readers).map(([prefix, read]) =>
        read([...new Set(refs.filter((ref) => ref.startsWith(`${prefix}_`)))]),
      ),
    );
    return new Map(found.flat().map((voucher) => [voucher.ref, voucher]));
  }

  placeOf(chargeId: Id<'chg'>): ReturnType<VoucherStore['placeOf']> {
    return this.vouchers.placeOf(chargeId);
  }
}
