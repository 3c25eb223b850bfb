import { Injectable } from '@nestjs/common';
import { Clock, type Id, type Tx } from '@hehuo/kernel';
import { Consents, localDay, ReadPeople, type AgeClass } from '@hehuo/identity';
import { CommunityError } from '../domain/errors.js';
import type { CommunityView } from '../domain/member.js';

export interface Joiner {
  readonly ageClass: AgeClass;
  /** Null for adults: being grown up is all that a membership keeps of them. */
  readonly minorBirthDate: string | null;
}

/** What has to be known of somebody before they can belong to a community. */
@Injectable()
export class Joiners {
  constructor(
    private readonly people: ReadPeople,
    private readonly consents: Consents,
    private readonly clock: Clock,
  ) {}

  /** Throws `privacy_consent_required` and `birth_date_required`. */
  async check(tx: Tx, personId: Id<'per'>, community: CommunityView): Promise<Joiner> {
    const agreed = await this.consents.havingOpen(tx, [personId], 'privacy_notice');
    if (!agreed.has(personId)) {
      throw new CommunityError('privacy_consent_required', 'agree to the privacy notice in force first');
    }
    return this.age(tx, personId, community);
  }

  async age(tx: Tx, personId: Id<'per'>, community: CommunityView): Promise<Joiner> {
    const today = localDay(this.clock.now(), community.timeZone);
    const known = (await this.people.ageOn(tx, [personId], today)).get(personId);
    if (!known) {
      throw new CommunityError(
        'birth_date_required',
        'give your birth date first: some help has an age limit',
      );
    }
    const { ageClass, birthDate } = known;
    return { ageClass, minorBirthDate: ageClass === 'adult' ? null : birthDate };
  }
}
