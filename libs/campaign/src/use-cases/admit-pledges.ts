import { Injectable } from '@nestjs/common';
import { Clock, derivedId, DomainError, newId, Outbox, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { Ledger, type NewTransfer } from '@hehuo/ledger';
import { isDuplicateKey } from '@hehuo/platform';
import { admit } from '../domain/admission.js';
import type { PledgeToMatch } from '../domain/match-reservation.js';
import { PledgeError } from '../domain/pledge-errors.js';
import { payByAtOnce, type Pledge, type PledgeRequest } from '../domain/pledge.js';
import { promiseAccounts } from '../domain/promise-accounts.js';
import type { BookPage } from '../store/intake-book.store.js';
import type { PledgeAdmitted } from '../store/pledge.store.js';
import { PledgeStores } from '../store/pledge-stores.js';
import { AdmissionBook } from './admission-book.js';
import type { Reserved } from './match/reserve-matches.js';
import type { Answer } from './pledge-batcher.js';

/**
 * Admits a batch of pledges of one campaign in one transaction: the intake is locked once, each pledge is decided
 * against deadline, cap, slots and limits in the order it came, and what was taken is written by multi-row statements,
 * with the match funds that are set aside for it.
 */
@Injectable()
export class AdmitPledges {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: PledgeStores,
    private readonly opening: AdmissionBook,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(campaignId: Id<'cmp'>, requests: readonly PledgeRequest[]): Promise<Answer<Pledge>[]> {
    const work = (): Promise<Answer<Pledge>[]> =>
      this.unitOfWork.run((tx) => this.admitAll(tx, campaignId, requests));
    try {
      return await work();
    } catch (error) {
      // A twin of one request was committed through another campaign's lane; its row is there now and answers.
      if (isDuplicateKey(error, 'pledge_once')) return work();
      throw error;
    }
  }

  private async admitAll(
    tx: Tx,
    campaignId: Id<'cmp'>,
    requests: readonly PledgeRequest[],
  ): Promise<Answer<Pledge>[]> {
    const { intake, book, pledges } = this.stores;
    // Asked for together they travel together, and the server still grants the lock before it reads the page.
    const [head, page] = await Promise.all([intake.lockHead(tx, campaignId), book.page(tx, campaignId)]);
    if (!head || !page) throw new PledgeError('pledging_closed', 'this campaign takes no pledges');
    const hashes = requests.map(({ onceHash }) => onceHash);
    const open = head.state === 'open' && page.now < head.deadline;
    const [earlier, state] = await Promise.all([
      pledges.earlier(tx, hashes),
      this.opening.bookFor(tx, campaignId, open, page, requests),
    ]);
    const known = new Map<string, { requestHash: string; pledge: Pledge }>(
      earlier.map((pledge) => [pledge.onceHash, pledge]),
    );
    const admitted: PledgeAdmitted[] = [];
    const answers = requests.map((request) =>
      answerOf(() => {
        const twin = known.get(request.onceHash);
        if (twin) return replay(twin, request);
        const admission = { ...admit(state, request), id: newId('plg', this.clock.now().getTime()) };
        admitted.push(admission);
        const pledge = pledgeOf(campaignId, page, head.deadline, admission);
        known.set(request.onceHash, { requestHash: request.requestHash, pledge });
        return pledge;
      }),
    );
    if (admitted.length === 0) return answers;
    const matches = head.matchPools > 0 ? await this.matchesFor(tx, campaignId, page, admitted) : null;
    await this.write(tx, campaignId, { ...page, deadline: head.deadline }, admitted, matches);
    return answers;
  }

  /** Only where pools are bound: locks them last, because other campaigns may wait for them. */
  private async matchesFor(
    tx: Tx,
    campaignId: Id<'cmp'>,
    { communityId, organiserId, now }: BookPage,
    admitted: readonly PledgeAdmitted[],
  ): Promise<Reserved> {
    const { matches } = this.opening;
    const personIds = admitted.map(({ request }) => request.personId);
    const pools = await matches.open(tx, { campaignId, communityId, organiserId }, personIds);
    return matches.decide(pools, campaignId, admitted.map(toMatch), now);
  }

  private async write(
    tx: Tx,
    campaignId: Id<'cmp'>,
    page: BookPage & { readonly deadline: Date },
    admitted: readonly PledgeAdmitted[],
    matches: Reserved | null,
  ): Promise<void> {
    const { book, pledges, tasks } = this.stores;
    const { communityId, terms, now, deadline } = page;
    const taken = [...totals(admitted, ({ ask }) => ask.id)];
    await Promise.all([
      pledges.insert(tx, { campaignId, communityId, terms, now, deadline }, admitted),
      this.ledger.postNew(tx, [
        ...admitted.map((admission) => promise(communityId, admission)),
        ...(matches?.transfers ?? []),
      ]),
      matches && this.opening.matches.write(tx, { campaignId, now }, matches),
      ...taken.map(([askId, { quantity, count }]) =>
        book.moveAsk(tx, askId, { reserved: quantity, pledges: BigInt(count) }),
      ),
      ...[...totals(admitted, ({ slot }) => slot?.id)].map(([slotId, { places }]) =>
        book.moveSlot(tx, slotId, places),
      ),
      book.countPledges(tx, campaignId, admitted.length),
      this.outbox.add(tx, [{ topic: 'pledges.changed', ref: campaignId }]),
    ]);
    for (const [askId, { quantity }] of taken) {
      const ask = page.asks.get(askId);
      const before = ask ? ask.reserved - quantity : 0n;
      if (ask?.kind === 'attention' && before < ask.minimum && ask.reserved >= ask.minimum) {
        await tasks.raise(tx, { communityId, campaignId, kind: 'convene_meeting' });
      }
    }
  }
}

function answerOf(decide: () => Pledge): Answer<Pledge> {
  try {
    return { ok: true, value: decide() };
  } catch (error) {
    if (error instanceof DomainError) return { ok: false, error };
    throw error;
  }
}

function replay(earlier: { requestHash: string; pledge: Pledge }, request: PledgeRequest): Pledge {
  if (earlier.requestHash === request.requestHash) return earlier.pledge;
  throw new PledgeError(
    'pledge_key_reused',
    'this Idempotency-Key was used for another request; take a new key for a new pledge',
  );
}

function promise(communityId: Id<'com'>, { id, ask, quantity }: PledgeAdmitted): NewTransfer {
  return {
    id: derivedId('trf', id),
    kind: 'pending',
    ...promiseAccounts(communityId, ask.id, ask.kind),
    amount: quantity,
    reason: 'pledge',
    ref: id,
  };
}

function toMatch({ id, ask, request, householdId, quantity }: PledgeAdmitted): PledgeToMatch {
  const { personId } = request;
  return { pledgeId: id, askId: ask.id, personId, householdId, kind: ask.kind, quantity };
}

interface Total {
  quantity: bigint;
  places: number;
  count: number;
}

function totals<K extends string>(
  admitted: readonly PledgeAdmitted[],
  keyOf: (admission: PledgeAdmitted) => K | undefined,
): Map<K, Total> {
  const sums = new Map<K, Total>();
  for (const admission of admitted) {
    const key = keyOf(admission);
    if (key === undefined) continue;
    const sum = sums.get(key) ?? { quantity: 0n, places: 0, count: 0 };
    sum.quantity += admission.quantity;
    sum.places += admission.request.places;
    sum.count += 1;
    sums.set(key, sum);
  }
  return sums;
}

function pledgeOf(campaignId: Id<'cmp'>, page: BookPage, deadline: Date, admission: PledgeAdmitted): Pledge {
  const { id, request, ask, householdId, quantity, state } = admission;
  const { slotId, personId, places, anonymous, submittedBy } = request;
  return {
    id,
    campaignId,
    askId: ask.id,
    slotId,
    communityId: page.communityId,
    personId,
    householdId,
    kind: ask.kind,
    quantity,
    places,
    state,
    version: 0,
    anonymous,
    submittedBy,
    payBy: payByAtOnce(state, { now: page.now, deadline }),
    winningChargeId: null,
    createdAt: page.now,
  };
}
