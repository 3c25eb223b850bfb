import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import type { Actor } from '@hehuo/identity';
import { CommunityError } from '../domain/errors.js';
import { printedDoorCode } from '../domain/household.js';
import { DoorCodeStore } from '../store/door-code.store.js';
import { HouseholdStore } from '../store/household.store.js';
import { assertStaffOf } from './staff-of.js';

export const doorCodesMax = 200;

export interface PrintedDoorCode {
  readonly householdId: Id<'hhd'>;
  readonly estateName: string;
  readonly door: string;
  /** `K7MR-42VX`, shown once: print it now. */
  readonly code: string;
}

/** Makes the codes for notices at doors. A new code of a household ends the old one. */
@Injectable()
export class IssueDoorCodes {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly codes: DoorCodeStore,
    private readonly households: HouseholdStore,
  ) {}

  /** `uses` is how many people can join by one notice, `days` how long it works. Throws `community_forbidden` and `household_not_found`. */
  async execute(input: {
    actor: Actor;
    communityId: Id<'com'>;
    householdIds: readonly Id<'hhd'>[];
    uses: number;
    days: number;
  }): Promise<PrintedDoorCode[]> {
    const { actor, communityId, uses, days } = input;
    assertStaffOf(actor, communityId);
    const ids = [...new Set(input.householdIds)].sort();
    return this.uow.run(async (tx) => {
      const households = await this.households.within(tx, ids);
      const printed: PrintedDoorCode[] = [];
      for (const householdId of ids) {
        const household = households.get(householdId);
        if (household?.communityId !== communityId) {
          throw new CommunityError('household_not_found', `${householdId} is no household of this community`);
        }
        const code = await this.codes.issue(tx, {
          communityId,
          householdId,
          uses,
          days,
          issuedBy: actor.personId,
        });
        const { estateName, door } = household;
        printed.push({ householdId, estateName, door, code: printedDoorCode(code) });
      }
      return printed;
    });
  }
}
