import { Injectable } from '@nestjs/common';
import { StateConflict, StateLog, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { type Actor } from '../domain/actor.js';
import { IdentityError } from '../domain/errors.js';
import { EVIDENCE_NEEDED, PARTNER_MACHINE } from '../domain/partner.js';
import { PartnerStore, type Partner } from '../store/partner.store.js';

export type PartnerReviewEvent = 'verify' | 'refuse' | 'suspend' | 'restore';

/** Staff decide on a partner. Partners work across communities, so staff of any community may. */
@Injectable()
export class ReviewPartner {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly partners: PartnerStore,
    private readonly log: StateLog,
  ) {}

  /**
   * Throws `partner_not_found`, `partner_forbidden`, `partner_own_review` (a member does not judge the own body),
   * `partner_evidence_missing` with the kind needed, and `state_conflict`.
   */
  async execute(input: {
    actor: Actor;
    partnerId: Id<'ptn'>;
    event: PartnerReviewEvent;
    reason: string | null;
  }): Promise<void> {
    const { actor, partnerId, event, reason } = input;
    if (!actor.roles.some(({ role }) => role === 'community_staff' || role === 'platform_admin')) {
      throw new IdentityError('partner_forbidden', 'community staff decide on partners');
    }
    await this.uow.run(async (tx) => {
      const partner = await this.partners.lock(tx, partnerId);
      if (!partner) throw new IdentityError('partner_not_found', 'there is no such partner');
      const to = PARTNER_MACHINE.next(partner.state, event);
      await this.assertStranger(tx, partner, actor);
      if (to === 'verified') await this.assertEvidence(tx, partner);
      if (!(await this.partners.move(tx, partner, to, { by: actor.personId, reason }))) {
        throw new StateConflict('partner', partner.state, event);
      }
      await this.log.append(tx, [
        {
          objectType: 'partner',
          objectId: partner.id,
          from: partner.state,
          to,
          event,
          ...(reason === null ? {} : { reason }),
        },
      ]);
    });
  }

  private async assertStranger(tx: Tx, partner: Partner, actor: Actor): Promise<void> {
    const members = await this.partners.membersWithin(tx, partner.id);
    if (partner.appliedBy === actor.personId || members.some(({ personId }) => personId === actor.personId)) {
      throw new IdentityError(
        'partner_own_review',
        'somebody who does not belong to the partner has to decide',
      );
    }
  }

  private async assertEvidence(tx: Tx, partner: Partner): Promise<void> {
    const needed = EVIDENCE_NEEDED[partner.legalStatus];
    if (!(await this.partners.hasValidEvidence(tx, partner.id, needed))) {
      throw new IdentityError('partner_evidence_missing', `a valid ${needed} has to be on file first`, {
        needed,
      });
    }
  }
}
