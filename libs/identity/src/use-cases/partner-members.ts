import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { isDuplicateKey } from '@hehuo/platform';
import { type Actor } from '../domain/actor.js';
import { IdentityError } from '../domain/errors.js';
import { PARTNER_MACHINE, PARTNER_RULES } from '../domain/partner.js';
import { PartnerStore, type MemberDuty, type Partner, type PartnerMember } from '../store/partner.store.js';
import { PersonStore } from '../store/person.store.js';
import { checkedEvidence, type EvidenceInput } from './apply-partner.js';
import { SessionCache } from './session-cache.js';

/** The owners of a partner say who acts for it, and staff may look. */
@Injectable()
export class PartnerMembers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly partners: PartnerStore,
    private readonly people: PersonStore,
    private readonly cache: SessionCache,
  ) {}

  /** Throws `partner_not_found` to whoever is neither a member nor staff. */
  async list(input: { actor: Actor; partnerId: Id<'ptn'> }): Promise<PartnerMember[]> {
    const members = await this.partners.membersOf(input.partnerId);
    const inside = members.some(({ personId }) => personId === input.actor.personId);
    if (!inside && !isStaff(input.actor)) throw notFound();
    return members;
  }

  /** Throws `partner_not_found`, `partner_forbidden`, `person_not_found` and `partner_member_exists`. */
  async add(input: {
    actor: Actor;
    partnerId: Id<'ptn'>;
    personId: Id<'per'>;
    duty: MemberDuty;
  }): Promise<void> {
    const { actor, partnerId, personId, duty } = input;
    try {
      await this.uow.run(async (tx) => {
        const { partner } = await this.owned(tx, actor, partnerId);
        if (PARTNER_RULES[partner.kind].group === 'independent') {
          throw new IdentityError('partner_forbidden', 'an independent partner is one person');
        }
        const person = await this.people.lock(tx, personId);
        if (person?.state !== 'active')
          throw new IdentityError('person_not_found', 'there is no such person');
        await this.partners.addMember(tx, { partnerId, personId, duty, by: actor.personId });
      });
    } catch (error) {
      if (!isDuplicateKey(error, 'partner_member_once')) throw error;
      throw new IdentityError('partner_member_exists', 'this person is a member already');
    }
    this.cache.dropPerson(personId);
  }

  /** An owner ends a membership, a member the own one. The last owner stays. */
  async end(input: { actor: Actor; partnerId: Id<'ptn'>; personId: Id<'per'> }): Promise<void> {
    const { actor, partnerId, personId } = input;
    await this.uow.run(async (tx) => {
      const { members } = await this.owned(tx, actor, partnerId, personId);
      const owners = members.filter(({ duty }) => duty === 'owner');
      if (owners.length === 1 && owners[0]?.personId === personId) {
        throw new IdentityError(
          'partner_forbidden',
          'the last owner stays; make somebody else an owner first',
        );
      }
      if (!(await this.partners.endMember(tx, partnerId, personId))) {
        throw new IdentityError('partner_member_not_found', 'this person is no member');
      }
    });
    this.cache.dropPerson(personId);
  }

  /** Adds a document, such as the next year's certificate. */
  async addEvidence(input: {
    actor: Actor;
    partnerId: Id<'ptn'>;
    evidence: EvidenceInput;
  }): Promise<Id<'evd'>> {
    const { actor, partnerId } = input;
    const evidence = checkedEvidence(input.evidence);
    return this.uow.run(async (tx) => {
      if (!isStaff(actor)) await this.owned(tx, actor, partnerId);
      else if (!(await this.partners.lock(tx, partnerId))) throw notFound();
      return this.partners.addEvidence(tx, partnerId, { ...evidence, addedBy: actor.personId });
    });
  }

  private async owned(
    tx: Tx,
    actor: Actor,
    partnerId: Id<'ptn'>,
    self?: Id<'per'>,
  ): Promise<{ partner: Partner; members: PartnerMember[] }> {
    const partner = await this.partners.lock(tx, partnerId);
    const members = partner ? await this.partners.membersWithin(tx, partnerId) : [];
    const mine = members.find(({ personId }) => personId === actor.personId);
    if (!partner || !mine || PARTNER_MACHINE.isFinal(partner.state)) throw notFound();
    if (mine.duty !== 'owner' && self !== actor.personId) {
      throw new IdentityError('partner_forbidden', 'an owner of the partner does this');
    }
    return { partner, members };
  }
}

export function isStaff(actor: Actor): boolean {
  return actor.roles.some(({ role }) => role === 'community_staff' || role === 'platform_admin');
}

function notFound(): IdentityError {
  return new IdentityError('partner_not_found', 'there is no such partner');
}
