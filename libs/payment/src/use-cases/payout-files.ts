import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { FileReaders, Files } from '@hehuo/platform';
import type { Payout, PayoutVoucher } from '../domain/payout.js';
import { PayoutAccess } from './payout-access.js';

const VOUCHER_OBJECT = 'payout_voucher';

/** What the vouchers of a payout look like: read by exactly those who may read the payout with its vouchers. */
@Injectable()
export class PayoutFiles {
  constructor(
    readers: FileReaders,
    private readonly files: Files,
    access: PayoutAccess,
  ) {
    readers.register(VOUCHER_OBJECT, (reader, { objectId }) => access.mayRead(reader, objectId as Id<'pyo'>));
  }

  /**
   * Each voucher takes one file, so a payout has as many as vouchers. Throws `file_not_usable` for one that is unknown,
   * somebody else's, or shows another voucher already. In the order of their ids, so that two proposals of one person
   * wait for each other instead of deadlocking.
   */
  async attach(
    tx: Tx,
    { id, communityId, proposedBy }: Pick<Payout, 'id' | 'communityId' | 'proposedBy'>,
    vouchers: readonly PayoutVoucher[],
  ): Promise<void> {
    for (const fileId of vouchers.flatMap((voucher) => voucher.fileId ?? []).sort()) {
      const target = { objectType: VOUCHER_OBJECT, objectId: id, communityId, by: proposedBy };
      await this.files.attach(tx, [fileId], target);
    }
  }
}
