import { platform0001 } from './0001-platform.js';
import { platform0002 } from './0002-idempotency.js';
import { platform0003 } from './0003-stored-files.js';
import { platform0004 } from './0004-medium-pictures.js';
import { identity0101 } from './0101-identity.js';
import { identity0102 } from './0102-first-admin.js';
import { community0201 } from './0201-community.js';
import { ledger0301 } from './0301-ledger.js';
import { ledger0302 } from './0302-ledger-reader.js';
import { campaign0401 } from './0401-campaign.js';
import { campaign0402 } from './0402-hand-over.js';
import { campaign0410 } from './0410-match-funds.js';
import { campaign0415 } from './0415-match-returns.js';
import { campaign0416 } from './0416-late-matches.js';
import { campaign0417 } from './0417-campaign-photos.js';
import { payment0501 } from './0501-payment.js';
import { payment0502 } from './0502-receipt-operation.js';
import { payment0503 } from './0503-channels.js';
import { payment0510 } from './0510-payouts.js';
import { payment0520 } from './0520-bank-statement.js';
import { payment0530 } from './0530-reconciliation.js';
import { payment0540 } from './0540-receipts-of-payer.js';
import { payment0541 } from './0541-days-without-bill.js';
import { payment0545 } from './0545-refund-gap.js';
import { payment0546 } from './0546-payout-route.js';
import { payment0547 } from './0547-corrected-fees.js';
import { payment0548 } from './0548-payees-of-person.js';
import { payment0549 } from './0549-bank-reversals.js';
import { settlement0601 } from './0601-settlement.js';
import { settlement0602 } from './0602-milestone-budgets.js';
import { settlement0610 } from './0610-returned-match.js';
import { book0701 } from './0701-book.js';
import type { Migration } from './migration.js';

/** In order. Ranges keep contexts apart: 00xx platform, 01xx identity, 02xx community, 03xx ledger, 04xx campaign, 05xx payment, 06xx settlement, 07xx book. */
export const MIGRATIONS: readonly Migration[] = [
  platform0001,
  platform0002,
  platform0003,
  platform0004,
  identity0101,
  identity0102,
  community0201,
  ledger0301,
  ledger0302,
  campaign0401,
  campaign0402,
  campaign0410,
  campaign0415,
  campaign0416,
  campaign0417,
  payment0501,
  payment0502,
  payment0503,
  payment0510,
  payment0520,
  payment0530,
  payment0540,
  payment0541,
  payment0545,
  payment0546,
  payment0547,
  payment0548,
  payment0549,
  settlement0601,
  settlement0602,
  settlement0610,
  book0701,
];
