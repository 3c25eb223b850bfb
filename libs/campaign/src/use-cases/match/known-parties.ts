import { Injectable } from '@nestjs/common';
import { ReadGround } from '@hehuo/community';
import { PartnerPeople, ReadPeople } from '@hehuo/identity';
import { MatchError } from '../../domain/match-errors.js';
import type { ExcludedParties } from '../../domain/match-pool.js';

/** Where the request names each of them. */
export type PartyPointers = Readonly<Record<keyof ExcludedParties, string>>;

/** A party with a mistyped id would be kept out in name only, and matched after all. */
@Injectable()
export class KnownParties {
  constructor(
    private readonly people: ReadPeople,
    private readonly partners: PartnerPeople,
    private readonly ground: ReadGround,
  ) {}

  /** Throws `match_pool_invalid` with every id that nobody has. */
  async assert({ persons, households, partners }: ExcludedParties, pointers: PartyPointers): Promise<void> {
    const [people, homes, groups] = await Promise.all([
      this.people.known(persons),
      this.ground.knownHouseholds(households),
      this.partners.known(partners),
    ]);
    const errors = [
      ...unknown(persons, people, pointers.persons),
      ...unknown(households, homes, pointers.households),
      ...unknown(partners, groups, pointers.partners),
    ];
    if (errors.length === 0) return;
    throw new MatchError('match_pool_invalid', 'somebody who is to be kept out is not known here', {
      errors,
    });
  }
}

function unknown(ids: readonly string[], known: ReadonlySet<string>, pointer: string) {
  return ids.flatMap((id, at) =>
    known.has(id) ? [] : [{ pointer: `${pointer}/${at}`, code: 'unknown', message: 'nobody has this id' }],
  );
}
