import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import {
  assertFits,
  DIFFERENCE_MACHINE,
  type DifferenceState,
  type Explanation,
} from '../domain/difference.js';
import type { Officer } from '../domain/officer.js';
import { ReconciliationError } from '../domain/reconciliation-errors.js';
import { DifferenceStore } from '../store/difference.store.js';
import { ActOnce, type Act } from './act-once.js';
import { Moved } from './again.js';
import { requireHere } from './reconciliation-scope.js';
import { Trail } from './trail.js';

export interface ExplainDifferenceInput extends Act<Officer> {
  readonly differenceId: Id<'dif'>;
  readonly explanation: Explanation;
}

export interface DifferenceAnswer {
  readonly id: Id<'dif'>;
  readonly state: DifferenceState;
  /** The version that a second person confirms. */
  readonly version: number;
}

/** One fund approver says what a difference is and where its money belongs. Nothing moves before a second one agrees. */
@Injectable()
export class ExplainDifference {
  constructor(
    private readonly acts: ActOnce,
    private readonly differences: DifferenceStore,
    private readonly trail: Trail,
  ) {}

  /**
   * The difference as it waits for its second person. A new explanation replaces one that nobody confirmed. Throws
   * `difference_not_found`, `difference_not_open`, `difference_invalid`, `idempotency_key_reused`.
   */
  async execute(input: ExplainDifferenceInput): Promise<DifferenceAnswer> {
    return this.acts.run('difference.explain', input, (tx) => this.explain(tx, input));
  }

  private async explain(
    tx: Tx,
    { actor, differenceId, explanation }: ExplainDifferenceInput,
  ): Promise<DifferenceAnswer> {
    const difference = requireHere(
      actor,
      ['fund_approver'],
      await this.differences.find(differenceId, sqlOf(tx)),
    );
    if (!DIFFERENCE_MACHINE.can(difference.state, 'propose')) {
      throw new ReconciliationError('difference_not_open', 'this difference needs no explanation any more');
    }
    assertFits(difference, explanation);
    if (!(await this.differences.propose(tx, difference, actor.personId, explanation))) throw new Moved();
    await this.trail.leave(tx, [
      {
        ...{ objectType: 'bill_difference', objectId: difference.id, from: difference.state, to: 'proposed' },
        ...{ event: 'propose', reason: `${explanation.resolution}: ${explanation.reason}` },
      },
    ]);
    return { id: difference.id, state: 'proposed', version: difference.version + 1 };
  }
}
