import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { BANK_LINE_MACHINE, type BankLineState } from '../domain/bank-line.js';
import { PaymentError } from '../domain/errors.js';
import { holdsOneOf, type Officer } from '../domain/officer.js';
import { BankLineStore } from '../store/bank-line.store.js';
import { ActOnce, type Act } from './act-once.js';
import { Moved } from './again.js';
import { Trail } from './trail.js';

export interface ReopenBankLineInput extends Act<Officer> {
  readonly lineId: Id<'bkl'>;
  /** The version of the dismissal that was read. */
  readonly version: number;
  /** Why it was a mistake. */
  readonly reason: string;
}

export interface BankLineAnswer {
  readonly id: Id<'bkl'>;
  readonly state: BankLineState;
  readonly version: number;
}

/**
 * A dismissal was a mistake: the line waits for its pledge again. It books nothing; whoever accepts the line enters a
 * receipt, which another person confirms.
 */
@Injectable()
export class ReopenBankLine {
  constructor(
    private readonly acts: ActOnce,
    private readonly lines: BankLineStore,
    private readonly trail: Trail,
  ) {}

  /** Throws `bank_line_not_found`, `bank_line_changed`, `state_conflict` or `idempotency_key_reused`. */
  async execute(input: ReopenBankLineInput): Promise<BankLineAnswer> {
    return this.acts.run('bank-line.reopen', input, (tx) => this.reopen(tx, input));
  }

  private async reopen(
    tx: Tx,
    { actor, lineId, version, reason }: ReopenBankLineInput,
  ): Promise<BankLineAnswer> {
    const line = await this.lines.lock(tx, lineId);
    if (!line || !holdsOneOf(actor, ['community_staff'], line.communityId)) {
      throw new PaymentError('bank_line_not_found', 'there is no such line');
    }
    if (line.version !== version) {
      throw new PaymentError(
        'bank_line_changed',
        'somebody decided about this line meanwhile; read it again',
      );
    }
    if (line.state !== 'dismissed') {
      throw new PaymentError('bank_line_not_dismissed', 'only a line that was dismissed can be reopened');
    }
    const to = BANK_LINE_MACHINE.next(line.state, 'reopen');
    if (!(await this.lines.takeBack(tx, line))) throw new Moved();
    const change = { objectType: 'bank_line', objectId: line.id, from: line.state, to, event: 'reopen' };
    await this.trail.leave(tx, [{ ...change, reason }]);
    return { id: line.id, state: to, version: version + 1 };
  }
}
