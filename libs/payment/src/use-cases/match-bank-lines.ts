import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { BANK_LINE_MACHINE, type BankLine, type Proposal } from '../domain/bank-line.js';
import { indexOf, matchLine, type AwaitingPledge, type PledgeIndex } from '../domain/bank-match.js';
import { BankLineStore } from '../store/bank-line.store.js';
import { BankProposalStore } from '../store/bank-proposal.store.js';
import { AwaitingPledges } from './ports.js';
import { Trail } from './trail.js';

const linesPerRound = 200;
/** So many payers of one sum are asked for their name; beyond that a sum proves nothing anyway. */
const namesPerLineMax = 200;

interface Matched {
  readonly line: BankLine;
  readonly proposals: readonly Proposal[];
}

/**
 * Compares the open lines of an account with the pledges that await money there. It proposes and books nothing. Safe to
 * run at any time: what did not change is not written, and a line that somebody decides meanwhile is left alone.
 */
@Injectable()
export class MatchBankLines {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly lines: BankLineStore,
    private readonly proposals: BankProposalStore,
    private readonly awaiting: AwaitingPledges,
    private readonly trail: Trail,
  ) {}

  /** Accounts whose open lines are to be compared again: new ones, and all of them every quarter of an hour. */
  due(limit: number): Promise<Id<'cus'>[]> {
    return this.lines.toMatch(limit);
  }

  async execute(accountId: Id<'cus'>): Promise<void> {
    const index = indexOf(await this.awaiting.ofAccount(accountId));
    for (let after = ''; ;) {
      const page = await this.lines.open(accountId, after, linesPerRound);
      const last = page.at(-1);
      if (!last) return;
      await this.round(page, index);
      after = last.id;
    }
  }

  private async round(page: readonly BankLine[], index: PledgeIndex): Promise<void> {
    const matched: Matched[] = [];
    for (const line of page) matched.push({ line, proposals: await this.match(line, index) });
    const before = await this.proposals.of(page.map(({ id }) => id));
    const changed = matched.filter(
      ({ line, proposals }) =>
        (line.state === 'proposed') !== proposals.length > 0 || !isSame(before.get(line.id) ?? [], proposals),
    );
    const touched = new Set(changed.map(({ line }) => line.id));
    await this.uow.run(async (tx) => {
      for (const one of changed) await this.write(tx, one);
      await this.lines.noteMatched(
        tx,
        page.filter(({ id }) => !touched.has(id)),
      );
    });
  }

  private async match(line: BankLine, index: PledgeIndex): Promise<Proposal[]> {
    const sameSum = (index.bySum.get(line.amount) ?? []).slice(0, namesPerLineMax);
    const called = await this.calledSo(sameSum, line.payer);
    return matchLine(line, index, (payerId) => called.has(payerId));
  }

  private calledSo(pledges: readonly AwaitingPledge[], name: string): Promise<ReadonlySet<Id<'per'>>> {
    if (name === '' || pledges.length === 0) return Promise.resolve(new Set());
    return this.awaiting.calledSo(
      pledges.map(({ payerId }) => payerId),
      name,
    );
  }

  private async write(tx: Tx, { line, proposals }: Matched): Promise<void> {
    const to = proposals.length > 0 ? 'proposed' : 'unmatched';
    // Somebody decided it since it was read: nothing is written over that.
    if (!(await this.lines.step(tx, line, to))) return;
    await this.proposals.replace(tx, line.id, proposals);
    if (line.state === to) return;
    const event = to === 'proposed' ? 'match' : 'unmatch';
    BANK_LINE_MACHINE.next(line.state, event);
    await this.trail.leave(tx, [{ objectType: 'bank_line', objectId: line.id, from: line.state, to, event }]);
  }
}

function isSame(a: readonly Proposal[], b: readonly Proposal[]): boolean {
  const text = (list: readonly Proposal[]): string =>
    list.map(({ pledgeId, expected, why, score }) => `${pledgeId} ${expected} ${why} ${score}`).join();
  return text(a) === text(b);
}
