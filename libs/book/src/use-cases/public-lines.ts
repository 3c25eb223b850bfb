import { Injectable } from '@nestjs/common';
import { ReadMatches, ReadPledges } from '@hehuo/campaign';
import { ReadPeople } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { ReadVouchers, type Voucher } from '@hehuo/payment';
import type { Line } from '../domain/line.js';
import { ChallengeStore, type ChallengeCount } from '../store/challenge.store.js';

/** Who paid, or to whom it went back: masked unless they agreed to their name, or nobody where they asked for that. */
export type Payer =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'none' };

/** A line with what anybody may know of it today: consents are read now, not when the line was written. */
export interface PublicLine {
  readonly line: Line;
  readonly payer: Payer;
  readonly voucher: string | null;
  readonly challenges: ChallengeCount;
}

const NO_COUNT: ChallengeCount = { all: 0, live: 0 };

/** Dresses a page of lines in a fixed number of look-ups, however many lines the page has. */
@Injectable()
export class PublicLines {
  constructor(
    private readonly vouchers: ReadVouchers,
    private readonly pledges: ReadPledges,
    private readonly matches: ReadMatches,
    private readonly people: ReadPeople,
    private readonly challenges: ChallengeStore,
  ) {}

  async of(lines: readonly Line[]): Promise<PublicLine[]> {
    if (lines.length === 0) return [];
    const refs = lines.map(({ ref }) => ref);
    const [vouchers, matched, counts] = await Promise.all([
      this.vouchers.ofRefs(refs),
      this.matches.vouchersOf(refs),
      this.challenges.countsOf(lines.map(({ id }) => id)),
    ]);
    const payers = [...vouchers.values()].flatMap(({ payer }) => payer ?? []);
    const [anonymous, names] = await Promise.all([
      this.pledges.anonymousAmong([...new Set(payers.map(({ pledgeId }) => pledgeId))]),
      this.people.publicNames([...new Set(payers.map(({ personId }) => personId))]),
    ]);
    return lines.map((line) => {
      const voucher = vouchers.get(line.ref);
      return {
        line,
        payer: payerOf(voucher?.payer ?? null, anonymous, names),
        voucher: voucher?.number ?? matched.get(line.ref) ?? null,
        challenges: counts.get(line.id) ?? NO_COUNT,
      };
    });
  }
}

function payerOf(
  payer: Voucher['payer'],
  anonymous: ReadonlySet<Id<'plg'>>,
  names: ReadonlyMap<Id<'per'>, string>,
): Payer {
  if (!payer) return { kind: 'none' };
  if (anonymous.has(payer.pledgeId)) return { kind: 'anonymous' };
  const name = names.get(payer.personId);
  return name === undefined ? { kind: 'none' } : { kind: 'named', name };
}
