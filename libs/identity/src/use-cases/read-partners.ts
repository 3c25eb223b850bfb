import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import type { Actor } from '../domain/actor.js';
import { IdentityError } from '../domain/errors.js';
import { maskName } from '../domain/name.js';
import { PARTNER_RULES, type PartnerGroup, type PartnerKind, type PartnerState } from '../domain/partner.js';
import { ConsentStore } from '../store/consent.store.js';
import { PartnerStore, type Evidence, type MemberDuty, type Partner } from '../store/partner.store.js';
import { isStaff } from './partner-members.js';

export interface PartnerView {
  readonly id: Id<'ptn'>;
  readonly group: PartnerGroup;
  readonly kind: PartnerKind;
  /** Of a natural person masked, unless the consent to publish it is open. */
  readonly name: string;
  readonly legalStatus: Partner['legalStatus'];
  readonly registrationNo: string | null;
  readonly about: string;
  readonly state: PartnerState;
  readonly createdAt: Date;
}

export interface PartnerDetail extends PartnerView {
  readonly reason: string | null;
  /** For members and staff; empty for others. */
  readonly evidence: readonly Evidence[];
}

/** A partner that one acts for, in any state. */
export interface MyPartner extends PartnerView {
  readonly duty: MemberDuty;
  /** Why it was refused or suspended. */
  readonly reason: string | null;
}

@Injectable()
export class ReadPartners {
  constructor(
    private readonly partners: PartnerStore,
    private readonly consents: ConsentStore,
  ) {}

  /** The public list of verified partners, in keyset order of their ids; staff may ask for the other states. */
  async list(input: {
    actor: Actor | null;
    state: PartnerState;
    kind: PartnerKind | null;
    after: string;
    limit: number;
  }): Promise<PartnerView[]> {
    const { actor, state, kind, after, limit } = input;
    if (state !== 'verified' && !(actor && isStaff(actor))) {
      throw new IdentityError('partner_forbidden', 'only verified partners are public');
    }
    return this.shown(await this.partners.inState(state, kind, after, limit), actor);
  }

  /** The partners that the person acts for, applications and suspended ones among them. */
  async mine(input: { actor: Actor }): Promise<MyPartner[]> {
    const rows = await this.partners.ofPerson(input.actor.personId);
    const views = await this.shown(rows, input.actor);
    return views.map((view, at) => ({ ...view, duty: rows[at]!.duty, reason: rows[at]!.reason }));
  }

  /** Throws `partner_not_found` for one that is not public, to whoever is neither a member nor staff. */
  async one(input: { actor: Actor | null; partnerId: Id<'ptn'> }): Promise<PartnerDetail> {
    const { actor, partnerId } = input;
    const partner = await this.partners.byId(partnerId);
    const members = partner && actor ? await this.partners.membersOf(partnerId) : [];
    const inside =
      actor !== null && (isStaff(actor) || members.some((one) => one.personId === actor.personId));
    if (!partner || (partner.state !== 'verified' && !inside)) {
      throw new IdentityError('partner_not_found', 'there is no such partner');
    }
    const [view] = await this.shown([partner], actor);
    return {
      ...view!,
      reason: inside ? partner.reason : null,
      evidence: inside ? await this.partners.evidenceOf(partnerId) : [],
    };
  }

  /** Whether the partner is verified now. */
  async isVerified(partnerId: Id<'ptn'>): Promise<boolean> {
    return (await this.partners.byId(partnerId))?.state === 'verified';
  }

  /** Whether the person acts for the partner now: nobody has a say in what the own partner gets. */
  async isMember(partnerId: Id<'ptn'>, personId: Id<'per'>): Promise<boolean> {
    return (await this.partners.membersOf(partnerId)).some((member) => member.personId === personId);
  }

  private async shown(partners: readonly Partner[], actor: Actor | null): Promise<PartnerView[]> {
    const people = partners.filter((one) => PARTNER_RULES[one.kind].group === 'independent');
    const open = await this.consents.havingOpen(
      people.map((one) => one.appliedBy),
      'publish_name',
    );
    return partners.map(
      ({ id, kind, name, legalStatus, registrationNo, about, state, createdAt, appliedBy }) => {
        const { group } = PARTNER_RULES[kind];
        const plain = group === 'group' || open.has(appliedBy) || actor?.personId === appliedBy;
        return {
          id,
          group,
          kind,
          name: plain ? name : maskName(name),
          legalStatus,
          registrationNo,
          about,
          state,
          createdAt,
        };
      },
    );
  }
}
