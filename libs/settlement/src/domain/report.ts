import type { Action, PledgeKind } from './action.js';
import type { ItemState } from './run.machine.js';
import type { AskReport, Tally } from './settlement.js';

/** Items of one ask that share action and state. */
export interface ItemGroup {
  readonly askId: string;
  readonly kind: PledgeKind;
  readonly action: Action | null;
  readonly state: ItemState;
  readonly pledges: number;
  readonly quantity: bigint;
}

type Column = 'collected' | 'dropped' | 'refunded' | 'released';

const COLUMN_OF: Readonly<Record<Exclude<Action, 'await_refund'>, Column>> = {
  pay: 'collected',
  confirm_shift: 'collected',
  make_handover_due: 'collected',
  adopt: 'collected',
  count: 'collected',
  refund: 'refunded',
  drop: 'dropped',
  expire: 'dropped',
  release: 'released',
  archive: 'released',
};

/** Sums the groups by ask. Every pledge is in exactly one column beside `pledged`; only final items leave `open`. */
export function reportOf(groups: readonly ItemGroup[]): AskReport[] {
  const reports = new Map<string, AskReport>();
  for (const group of groups) {
    // Taken back before the decision: it was not among what was promised then.
    if (group.action === 'await_refund') continue;
    const before = reports.get(group.askId) ?? emptyReport(group);
    const column = group.state === 'done' && group.action !== null ? COLUMN_OF[group.action] : 'open';
    reports.set(group.askId, {
      ...before,
      pledged: plus(before.pledged, group),
      [column]: plus(before[column], group),
    });
  }
  return [...reports.values()].sort((a, b) => (a.askId < b.askId ? -1 : 1));
}

/** Fen that pledges of money paid and that became payable. */
export function collectedMoney(report: readonly AskReport[]): bigint {
  return report
    .filter(({ kind }) => kind === 'money')
    .reduce((sum, { collected }) => sum + collected.quantity, 0n);
}

function plus(tally: Tally, { pledges, quantity }: Tally): Tally {
  return { pledges: tally.pledges + pledges, quantity: tally.quantity + quantity };
}

function emptyReport({ askId, kind }: ItemGroup): AskReport {
  const none = { pledges: 0, quantity: 0n };
  return {
    ...{
      askId,
      kind,
      pledged: none,
      collected: none,
      dropped: none,
      refunded: none,
      released: none,
      open: none,
    },
  };
}
