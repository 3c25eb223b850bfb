import { Injectable } from '@nestjs/common';
import { Memberships } from '@hehuo/community';
import { hasRole, type Actor } from '@hehuo/identity';
import type { Id, Tx } from '@hehuo/kernel';
import { ReadCustody } from '@hehuo/payment';
import type { Challenge } from '../domain/challenge.js';
import { BookError } from '../domain/errors.js';

/** Who may speak in a thread, and in whose name. */
@Injectable()
export class Officers {
  constructor(
    private readonly memberships: Memberships,
    private readonly custody: ReadCustody,
  ) {}

  /** A verified member, old enough to speak; below 14 a guardian does. Throws `book_members_only`. */
  async requireMember(tx: Tx, communityId: Id<'com'>, { personId }: Actor): Promise<void> {
    const member = (await this.memberships.verified(tx, communityId, [personId])).get(personId);
    if (member && member.ageClass !== 'child') return;
    throw new BookError('book_members_only', 'verified members of this community may ask; anybody may read');
  }

  /**
   * Whoever answers for the money: a signatory of the account, staff or a fund approver of the community. Nobody answers
   * their own question. Throws `challenge_forbidden`.
   */
  async requireCustodian(actor: Actor, challenge: Challenge): Promise<void> {
    const { communityId, custodyAccountId, personId } = challenge;
    if (personId === actor.personId)
      throw new BookError('challenge_forbidden', 'somebody else must answer your question');
    if (isOfficer(actor, communityId)) return;
    const view = custodyAccountId === null ? null : await this.custody.byId(custodyAccountId);
    if (view?.account.signatories.includes(actor.personId) === true) return;
    throw new BookError('challenge_forbidden', 'the custodian and the staff of this community answer');
  }
}

function isOfficer(actor: Actor, communityId: Id<'com'>): boolean {
  return hasRole(actor, 'community_staff', communityId) || hasRole(actor, 'fund_approver', communityId);
}

/** Throws `challenge_forbidden`. */
export function requireStaff(actor: Actor, communityId: Id<'com'>): void {
  if (hasRole(actor, 'community_staff', communityId)) return;
  throw new BookError('challenge_forbidden', 'only staff of this community may do this');
}
