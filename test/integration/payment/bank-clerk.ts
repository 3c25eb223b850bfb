import { Readable } from 'node:stream';
import { afterEach } from '@jest/globals';
import type { Id } from '@hehuo/kernel';
import {
  AwaitingPledges,
  ConfirmReceipt,
  DecideBankLine,
  ImportBankStatement,
  MatchBankLines,
  ReadBankLines,
  type BankLineState,
  type BankLineView,
  type BankStatement,
  type Officer,
  type PayablePledge,
} from '@hehuo/payment';
import type { TestAwaiting } from './ports.js';
import { throughSpec } from './spec-world.js';
import { id, nowMs, officer, World } from './world.js';

const HEADER = '交易日期,收入,支出,对方户名,摘要,流水号';

export const day = (): string => new Date(nowMs() - 2 * 86_400_000).toISOString().slice(0, 10);
export const csv = (...lines: string[]): Buffer => Buffer.from([HEADER, ...lines].join('\r\n'));

/** Whoever sits at the community's desk with the file of the bank. */
export class BankClerk {
  private serials = 0;

  constructor(readonly world: World) {}

  get accountId(): Id<'cus'> {
    return this.world.custodyAccountId;
  }

  get awaiting(): TestAwaiting {
    return this.world.get(AwaitingPledges) as TestAwaiting;
  }

  staff(communityId = this.world.communityId): Officer {
    return officer('community_staff', communityId);
  }

  /** A number of the bank's that no line had yet. */
  serial(): string {
    return `BANK${String((this.serials += 1)).padStart(8, '0')}`;
  }

  line(income: string, payer: string, remark: string, number = this.serial()): string {
    return [day(), income, '', payer, remark, number].join(',');
  }

  bring(bytes: Buffer, actor = this.staff()): Promise<BankStatement> {
    const { accountId } = this;
    return this.world.get(ImportBankStatement).execute({ actor, accountId, source: Readable.from([bytes]) });
  }

  /** A pledge whose money has not come, of somebody with this name. */
  async awaited(amount: bigint, name?: string): Promise<PayablePledge> {
    const pledge = await this.world.pledge(amount);
    const { pledgeId, campaignId, payerId } = pledge;
    this.awaiting.known.push({ pledgeId, campaignId, payerId, amount });
    if (name !== undefined) this.awaiting.names.set(payerId, name);
    return pledge;
  }

  /** After the lines were compared with the pledges. */
  async inState(state: BankLineState): Promise<BankLineView[]> {
    const { accountId, world } = this;
    await world.get(MatchBankLines).execute(accountId);
    const actor = officer('auditor', world.communityId);
    return world.get(ReadBankLines).execute({ actor, accountId, state, after: null, limit: 200 });
  }

  /** The line with this number, wherever it stands. */
  async lineOf(number: string): Promise<BankLineView> {
    for (const state of ['unmatched', 'proposed', 'accepted', 'dismissed'] as const) {
      const found = (await this.inState(state)).find((one) => one.line.serial === number);
      if (found) return found;
    }
    throw new Error(`no line ${number}`);
  }

  accept(view: BankLineView, pledge: PayablePledge, over: object = {}): Promise<Id<'rct'>> {
    return this.world.get(DecideBankLine).accept({
      ...{ actor: this.staff(), lineId: view.line.id, pledgeId: pledge.pledgeId, paidTwice: false },
      ...{ operationId: id('opr'), ...over },
    });
  }

  confirm(receiptId: Id<'rct'>): Promise<void> {
    return this.world.get(ConfirmReceipt).execute({ actor: officer('fund_approver'), receiptId });
  }
}

/** A world through a whole spec with a clerk in it, for whom no pledge of an earlier test awaits money. */
export function bankWorld(): { readonly world: World; readonly clerk: BankClerk } {
  const world = throughSpec(new World());
  const clerk = new BankClerk(world);
  afterEach(() => {
    clerk.awaiting.known.length = 0;
  });
  return { world, clerk };
}
