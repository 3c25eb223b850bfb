import { Injectable } from '@nestjs/common';
import { StateConflict, StateLog, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import type { Actor } from '../domain/actor.js';
import { normalDate } from '../domain/age.js';
import { IdentityError } from '../domain/errors.js';
import { isCreditCode, PARTNER_MACHINE, PARTNER_RULES, type EvidenceKind } from '../domain/partner.js';
import { ConsentStore } from '../store/consent.store.js';
import { PartnerStore, type PartnerContent } from '../store/partner.store.js';

export interface EvidenceInput {
  readonly kind: EvidenceKind;
  readonly reference: string;
  readonly validUntil: string | null;
}

export interface ApplyPartnerInput {
  readonly actor: Actor;
  readonly content: PartnerContent;
  readonly evidence: readonly EvidenceInput[];
}

/** Applies to be a partner, for oneself or for a body. Staff verify it with the evidence in hand. */
@Injectable()
export class ApplyPartner {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly partners: PartnerStore,
    private readonly consents: ConsentStore,
    private readonly log: StateLog,
  ) {}

  /** Throws `partner_invalid` with the field, and `consent_required` when a natural person's name would be published without consent. */
  async execute(input: ApplyPartnerInput): Promise<Id<'ptn'>> {
    const { actor, evidence } = input;
    const content = checked(input.content);
    const by = actor.personId;
    return this.uow.run(async (tx) => {
      await this.assertMayBePublished(tx, actor, content);
      const id = await this.partners.add(tx, content, by);
      await this.partners.addMember(tx, { partnerId: id, personId: by, duty: 'owner', by });
      for (const one of evidence)
        await this.partners.addEvidence(tx, id, { ...checkedEvidence(one), addedBy: by });
      await this.log.append(tx, [
        { objectType: 'partner', objectId: id, from: null, to: 'applied', event: 'apply' },
      ]);
      return id;
    });
  }

  /** Corrects a refused application and hands it in again. */
  async again(input: ApplyPartnerInput & { partnerId: Id<'ptn'> }): Promise<void> {
    const { actor, partnerId, evidence } = input;
    const content = checked(input.content);
    await this.uow.run(async (tx) => {
      const partner = await this.partners.lock(tx, partnerId);
      if (!partner || partner.appliedBy !== actor.personId) {
        throw new IdentityError('partner_not_found', 'there is no such partner');
      }
      const to = PARTNER_MACHINE.next(partner.state, 'apply_again');
      await this.assertMayBePublished(tx, actor, content);
      await this.partners.rewrite(tx, partner.id, content);
      for (const one of evidence) {
        await this.partners.addEvidence(tx, partner.id, { ...checkedEvidence(one), addedBy: actor.personId });
      }
      if (!(await this.partners.move(tx, partner, to, null))) {
        throw new StateConflict('partner', partner.state, 'apply_again');
      }
      await this.log.append(tx, [
        { objectType: 'partner', objectId: partner.id, from: partner.state, to, event: 'apply_again' },
      ]);
    });
  }

  private async assertMayBePublished(tx: Tx, actor: Actor, content: PartnerContent): Promise<void> {
    if (PARTNER_RULES[content.kind].group === 'group') return;
    const open = await this.consents.havingOpenWithin(tx, [actor.personId], 'publish_name');
    if (!open.has(actor.personId)) {
      throw new IdentityError(
        'consent_required',
        'the list of partners is public: agree to publish your name first',
        {
          kind: 'publish_name',
        },
      );
    }
  }
}

function checked(content: PartnerContent): PartnerContent {
  const name = content.name.normalize('NFKC').trim();
  const about = content.about.trim();
  const rules = PARTNER_RULES[content.kind];
  if (name.length < 2 || name.length > 120) throw invalid('name', 'give a name of 2 to 120 characters');
  if (about.length === 0 || about.length > 1000)
    throw invalid('about', 'say in 1 to 1000 characters what you do');
  if (!rules.statuses.includes(content.legalStatus)) {
    throw invalid('legalStatus', `this kind of partner is ${rules.statuses.join(' or ')}`);
  }
  const registered = content.legalStatus === 'registered';
  if (registered && !isCreditCode(content.registrationNo ?? '')) {
    throw invalid('registrationNo', 'give the 18 characters of the unified social credit code');
  }
  return { ...content, name, about, registrationNo: registered ? content.registrationNo : null };
}

export function checkedEvidence(evidence: EvidenceInput): EvidenceInput {
  const reference = evidence.reference.trim();
  if (reference.length === 0 || reference.length > 200) {
    throw invalid('evidence', 'give the number or title of the document in at most 200 characters');
  }
  if (evidence.validUntil !== null && normalDate(evidence.validUntil) === null) {
    throw invalid('evidence', 'give the last valid day as YYYY-MM-DD');
  }
  return { ...evidence, reference };
}

function invalid(field: string, message: string): IdentityError {
  return new IdentityError('partner_invalid', message, { field });
}
