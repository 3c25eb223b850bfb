import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Ledger, transferId, type AccountKey, type NewTransfer } from '@hehuo/ledger';
import { sqlOf } from '@hehuo/platform';
import { accountOf, DIFFERENCE_MACHINE, type Difference } from '../domain/difference.js';
import { PaymentError } from '../domain/errors.js';
import type { Officer } from '../domain/officer.js';
import { ReconciliationError } from '../domain/reconciliation-errors.js';
import { BillDayStore } from '../store/bill-day.store.js';
import { DifferenceStore } from '../store/difference.store.js';
import { ActOnce, type Act } from './act-once.js';
import { Moved } from './again.js';
import type { DifferenceAnswer } from './explain-difference.js';
import { requireHere } from './reconciliation-scope.js';
import { Trail } from './trail.js';

export interface ConfirmDifferenceInput extends Act<Officer> {
  readonly differenceId: Id<'dif'>;
  /** The version of the explanation that the second person read. */
  readonly version: number;
}

/** A second fund approver agrees with an explanation: only then its money leaves suspense, and its day may close. */
@Injectable()
export class ConfirmDifference {
  constructor(
    private readonly acts: ActOnce,
    private readonly differences: DifferenceStore,
    private readonly days: BillDayStore,
    private readonly ledger: Ledger,
    private readonly trail: Trail,
  ) {}

  /**
   * Throws `difference_not_found`, `difference_not_open`, `difference_changed`, `same_person`,
   * `idempotency_key_reused`.
   */
  async execute(input: ConfirmDifferenceInput): Promise<DifferenceAnswer> {
    return this.acts.run('difference.confirm', input, (tx) => this.confirm(tx, input));
  }

  private async confirm(
    tx: Tx,
    { actor, differenceId, version }: ConfirmDifferenceInput,
  ): Promise<DifferenceAnswer> {
    const difference = requireHere(
      actor,
      ['fund_approver'],
      await this.differences.find(differenceId, sqlOf(tx)),
    );
    const { explanation } = difference;
    if (difference.state !== 'proposed' || explanation === null) {
      throw new ReconciliationError(
        'difference_not_open',
        'no explanation of this difference waits to be confirmed',
      );
    }
    if (difference.version !== version) {
      throw new ReconciliationError('difference_changed', 'it was explained anew meanwhile; read it again');
    }
    if (difference.explainedBy === actor.personId) {
      throw new PaymentError('same_person', 'another person than the one who explained it must confirm');
    }
    const event = explanation.resolution === 'carried' ? 'carry' : 'confirm';
    const to = DIFFERENCE_MACHINE.next(difference.state, event);
    if (!(await this.differences.confirm(tx, difference, actor.personId, to))) throw new Moved();
    await this.ledger.post(tx, adjustmentOf(difference));
    await this.days.wake(tx, [difference.billDayId]);
    await this.trail.leave(
      tx,
      [
        {
          ...{ objectType: 'bill_difference', objectId: difference.id, from: difference.state, to, event },
          reason: explanation.openItem ?? explanation.resolution,
        },
      ],
      [{ topic: 'bill.matched', ref: difference.billDayId }],
    );
    return { id: difference.id, state: to, version: version + 1 };
  }
}

/** The transfer that takes explained money out of suspense, linked to its difference. */
function adjustmentOf({ id, money, custodyAccountId, explanation }: Difference): NewTransfer[] {
  const code = explanation && accountOf(explanation.resolution);
  if (!code || money === 0n) return [];
  const suspense: AccountKey = { unit: 'fen', code: 'suspense', owner: custodyAccountId };
  const owner = code === 'excess' ? (explanation.campaignId ?? custodyAccountId) : custodyAccountId;
  const target: AccountKey = { unit: 'fen', code, owner };
  return [
    {
      ...{
        id: transferId(`difference:${id}:explained`),
        kind: 'single',
        reason: 'difference-explained',
        ref: id,
      },
      ...(money > 0n ? { debit: suspense, credit: target } : { debit: target, credit: suspense }),
      amount: money > 0n ? money : -money,
    },
  ];
}
