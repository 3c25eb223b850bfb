import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import type { BankLine, BankLineState, Proposal } from '../domain/bank-line.js';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { BankLineStore } from '../store/bank-line.store.js';
import { BankProposalStore } from '../store/bank-proposal.store.js';
import { ReadCustody } from './read-custody.js';

export interface ReadBankLinesInput {
  readonly actor: Officer;
  readonly accountId: Id<'cus'>;
  readonly state: BankLineState;
  readonly after: string | null;
  readonly limit: number;
}

export interface BankLineView {
  readonly line: BankLine;
  readonly proposals: readonly Proposal[];
}

/** The lines of an account for those who decide, confirm and audit them, the oldest first. */
@Injectable()
export class ReadBankLines {
  constructor(
    private readonly custody: ReadCustody,
    private readonly lines: BankLineStore,
    private readonly proposals: BankProposalStore,
  ) {}

  /** Throws `custody_account_not_found` or `payment_forbidden`. */
  async execute({ actor, accountId, state, after, limit }: ReadBankLinesInput): Promise<BankLineView[]> {
    const account = (await this.custody.byId(accountId))?.account;
    if (!account) throw new PaymentError('custody_account_not_found', 'there is no such custody account');
    requireOneOf(actor, ['community_staff', 'fund_approver', 'auditor'], account.communityId);
    const lines = await this.lines.page(accountId, state, after, limit);
    const proposals = await this.proposals.of(lines.map(({ id }) => id));
    return lines.map((line) => ({ line, proposals: proposals.get(line.id) ?? [] }));
  }
}
