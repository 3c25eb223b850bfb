import { Injectable } from '@nestjs/common';
import { Outbox, UnitOfWork, type Tx } from '@hehuo/kernel';
import { MATCH_BINDING_MACHINE } from '../../domain/match-binding.js';
import { MatchError } from '../../domain/match-errors.js';
import { checkReason } from '../../domain/reason.js';
import { CampaignStore } from '../../store/campaign.store.js';
import type { BoundRow } from '../../store/match-binding.store.js';
import { MatchStores } from '../../store/match-stores.js';
import { lockedBinding, type MatchOfCampaign } from './receipt-of-match.js';
import { ReturnMatches } from './return-matches.js';

/**
 * Ends the wait for a donor's money: one fund approver proposes with a reason that everybody reads, another one confirms.
 * The campaign then counts on nothing of it, and the pool has its room back. Neither of them is the donor.
 */
@Injectable()
export class WriteOffMatch {
  constructor(
    private readonly uow: UnitOfWork,
    readonly campaigns: CampaignStore,
    readonly stores: MatchStores,
    private readonly returns: ReturnMatches,
    private readonly outbox: Outbox,
  ) {}

  /** Throws `match_not_bound`, `match_forbidden`, `match_same_person`, or `state_conflict` when nothing is due. */
  async propose(input: MatchOfCampaign & { readonly reason: string }): Promise<void> {
    checkReason(input.reason);
    const { personId } = input.actor;
    await this.locked(input, async (tx, { binding }) => {
      // A lost answer may be asked for again by the same person.
      const known = binding.state === 'write_off_proposed' ? binding.writeOff : null;
      if (known?.proposedBy === personId && known.reason === input.reason) return;
      const columns = { write_off_reason: input.reason, write_off_by: personId };
      await this.stores.bindings.changeState(tx, binding, 'propose_write_off', columns, input.reason);
    });
  }

  async confirm(input: MatchOfCampaign): Promise<void> {
    const { personId } = input.actor;
    await this.locked(input, async (tx, row) => {
      const { binding } = row;
      if (binding.state === 'written_off' && binding.writeOff?.confirmedBy === personId) return;
      MATCH_BINDING_MACHINE.next(binding.state, 'write_off');
      if (binding.writeOff?.proposedBy === personId) {
        throw new MatchError('match_same_person', 'another fund approver than who proposed it confirms it');
      }
      await this.returns.writeOff(tx, row);
      const columns = { written_off_by: personId, written_off_at: await this.campaigns.now(tx) };
      await this.stores.bindings.changeState(tx, binding, 'write_off', columns, binding.writeOff?.reason);
    });
  }

  /** The money is awaited again. Who proposed it may take it back so. */
  async refuse(input: MatchOfCampaign & { readonly reason: string }): Promise<void> {
    checkReason(input.reason);
    await this.locked(input, async (tx, { binding }) => {
      const columns = { write_off_reason: null, write_off_by: null };
      await this.stores.bindings.changeState(tx, binding, 'refuse_write_off', columns, input.reason);
    });
  }

  private async locked(input: MatchOfCampaign, act: (tx: Tx, row: BoundRow) => Promise<void>): Promise<void> {
    await this.uow.run(async (tx) => {
      await act(tx, await lockedBinding(tx, this, input, ['fund_approver']));
      await this.outbox.add(tx, [
        { topic: 'match.changed', ref: input.poolId },
        { topic: 'settlement.changed', ref: input.campaignId },
      ]);
    });
  }
}
