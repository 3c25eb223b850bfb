import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { isDuplicateKey } from '@hehuo/platform';
import { BANK_LINE_MACHINE, type BankLine } from '../domain/bank-line.js';
import { PaymentError } from '../domain/errors.js';
import { holdsOneOf, type Officer } from '../domain/officer.js';
import { paymentReference } from '../domain/reference.js';
import { BankLineStore } from '../store/bank-line.store.js';
import { ReceiptStore } from '../store/receipt.store.js';
import { again, Moved } from './again.js';
import { numberUsed } from './enter-receipt.js';
import { PayablePledges, type PayablePledge } from './ports.js';
import { Trail } from './trail.js';
import { WriteReceipt } from './write-receipt.js';

export interface AcceptBankLineInput {
  readonly actor: Officer;
  readonly lineId: Id<'bkl'>;
  readonly pledgeId: Id<'plg'>;
  /** The pledge has a receipt already and the payer sent the money once more: it will go back. */
  readonly paidTwice: boolean;
  readonly operationId: string;
}

export interface DismissBankLineInput {
  readonly actor: Officer;
  readonly lineId: Id<'bkl'>;
  readonly reason: string;
}

/**
 * Staff says what a line of the bank's paid: that enters its receipt, which another person confirms like any other. Or
 * says why it pays nothing here.
 */
@Injectable()
export class DecideBankLine {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly lines: BankLineStore,
    private readonly receipts: ReceiptStore,
    private readonly pledges: PayablePledges,
    private readonly writing: WriteReceipt,
    private readonly trail: Trail,
  ) {}

  /**
   * Throws `bank_line_not_found`, `bank_line_pledge_unfit`, `bank_line_pledge_taken`, `receipt_number_used`,
   * `custody_account_not_active` or `state_conflict`. The same person and pledge again get the same receipt.
   */
  async accept(input: AcceptBankLineInput): Promise<Id<'rct'>> {
    const pledge = await this.pledges.find(input.pledgeId);
    return again(async () => {
      try {
        return await this.uow.run((tx) => this.enter(tx, input, pledge));
      } catch (error) {
        if (isDuplicateKey(error, 'bank_line_one_pledge')) throw taken();
        if (isDuplicateKey(error, 'offline_receipt_once')) throw numberUsed();
        if (isDuplicateKey(error, 'offline_receipt_operation')) throw new Moved();
        throw error;
      }
    });
  }

  /** Throws `bank_line_not_found` or `state_conflict`. */
  async dismiss({ actor, lineId, reason }: DismissBankLineInput): Promise<void> {
    await again(() =>
      this.uow.run(async (tx) => {
        const line = await this.ofStaff(tx, actor, lineId);
        if (line.state === 'dismissed' && line.dismissedBy === actor.personId) return;
        const to = BANK_LINE_MACHINE.next(line.state, 'dismiss');
        if (!(await this.lines.dismiss(tx, line, actor.personId, reason))) throw new Moved();
        const change = { objectType: 'bank_line', objectId: line.id, from: line.state, to, event: 'dismiss' };
        await this.trail.leave(tx, [{ ...change, reason }]);
      }),
    );
  }

  private async enter(tx: Tx, input: AcceptBankLineInput, pledge: PayablePledge | null): Promise<Id<'rct'>> {
    const { actor, pledgeId, paidTwice } = input;
    const line = await this.ofStaff(tx, actor, input.lineId);
    if (line.receiptId !== null && line.acceptedBy === actor.personId) {
      const receipt = await this.receipts.within(tx, line.receiptId);
      if (receipt?.pledgeId === pledgeId) return line.receiptId;
    }
    const to = BANK_LINE_MACHINE.next(line.state, 'accept');
    if (!pledge || pledge.custodyAccountId !== line.custodyAccountId) {
      throw new PaymentError(
        'bank_line_pledge_unfit',
        'this pledge is not paid into the account of the line; choose another',
      );
    }
    if (!paidTwice && (await this.receipts.hasLive(tx, pledgeId))) throw taken();
    const receiptId = await this.writing.write(tx, receiptOf(line, input), pledge);
    const livePledge = paidTwice ? null : pledgeId;
    if (!(await this.lines.accept(tx, line, { receiptId, livePledge, personId: actor.personId })))
      throw new Moved();
    const change = { objectType: 'bank_line', objectId: line.id, from: line.state, to, event: 'accept' };
    await this.trail.leave(tx, [{ ...change, reason: `receipt ${receiptId}` }]);
    return receiptId;
  }

  private async ofStaff(tx: Tx, actor: Officer, lineId: Id<'bkl'>): Promise<BankLine> {
    const line = await this.lines.lock(tx, lineId);
    if (line && holdsOneOf(actor, ['community_staff'], line.communityId)) return line;
    throw new PaymentError('bank_line_not_found', 'there is no such line');
  }
}

function receiptOf(line: BankLine, { actor, pledgeId, operationId }: AcceptBankLineInput) {
  // After a refusal the same line and key are another receipt, because the line moved on.
  const once = createHash('sha256').update(`${line.id}:${line.version}:${operationId}`).digest('base64url');
  return {
    ...{ actor, pledgeId, operationId: once, amount: line.amount, receivedAt: line.occurredAt },
    method: 'bank_transfer',
    receiptNumber: line.serial ?? line.id,
    evidence: `line ${line.id} of statement ${line.statementId}; reference ${paymentReference(pledgeId)}`,
  } as const;
}

function taken(): PaymentError {
  return new PaymentError(
    'bank_line_pledge_taken',
    'this pledge has a receipt already; if its payer paid twice, say so, and this money goes back',
  );
}
