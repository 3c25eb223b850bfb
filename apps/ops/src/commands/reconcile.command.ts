import { fenToYuan } from '@hehuo/kernel';
import {
  GATEWAYS,
  ListBillDays,
  OpenBillDays,
  ReconcileDay,
  type BillDay,
  type GatewayName,
  type Merchant,
  type ReconciledDay,
} from '@hehuo/payment';
import { table } from '../output/table.js';
import { progress, UserError, type Terminal } from '../output/terminal.js';
import { withPlatform, type Platform } from '../platform.js';
import type { AddCommand } from './command.js';

interface Options {
  readonly merchant?: string;
  readonly day?: string;
}

export const addReconcile: AddCommand = (program, { terminal, environment }) => {
  program
    .command('reconcile')
    .description(
      'fetch the bills of gateways, match them with the books, and show both; exit 1 with open differences',
    )
    .option('--merchant <gateway/ref>', 'only this merchant account, such as wechat/1900000001')
    .option('--day <YYYY-MM-DD>', 'only this day of the bill, fetched anew where it is here already')
    .addHelpText(
      'after',
      '\nWithout a day: every day that is not closed. Nothing is explained here; that is done by two fund approvers\n' +
        'through the api. It is safe to run at any time, beside the worker too.',
    )
    .action(async (options: Options) => {
      await withPlatform('reconcile', environment, (platform) => reconcile(platform, terminal, options));
    });
};

async function reconcile(platform: Platform, terminal: Terminal, { merchant, day }: Options): Promise<void> {
  const wanted = { ...merchantOf(merchant), ...(day === undefined ? {} : { day }) };
  await platform.get(OpenBillDays).execute();
  const list = platform.get(ListBillDays);
  const days = await list.execute(wanted);
  if (days.length === 0) {
    if (day !== undefined)
      throw new UserError(`No bill of ${day} is expected: it is not over, or nothing was paid before.`);
    terminal.out('Every day is closed.');
    return;
  }
  const tell = progress(terminal, 'reconciling');
  const seen: ReconciledDay[] = [];
  for (const [at, one] of days.entries()) {
    tell(at, days.length);
    await platform.get(ReconcileDay).now(one.id, day !== undefined);
    seen.push(await list.sumsOf(one));
  }
  tell(days.length, days.length);
  terminal.out(shown(seen));
  const open = seen.reduce((sum, { sums }) => sum + sums.openDifferences, 0);
  if (open > 0) throw new UserError(`${open} differences wait for an explanation by two fund approvers.`);
  const unfetched = seen.filter(({ day: one }) => one.state === 'due').length;
  if (unfetched > 0) throw new UserError(`${unfetched} bills could not be had yet; the worker asks again.`);
}

function merchantOf(text: string | undefined): Partial<Merchant> {
  if (text === undefined) return {};
  const [gateway = '', ...rest] = text.split('/');
  const merchantRef = rest.join('/');
  if (!(GATEWAYS as readonly string[]).includes(gateway) || merchantRef === '') {
    throw new UserError(`"${text}" is not gateway/ref; the gateways are ${GATEWAYS.join(', ')}.`);
  }
  return { gateway: gateway as GatewayName, merchantRef };
}

function shown(days: readonly ReconciledDay[]): string {
  return table(
    [
      { title: 'day' },
      { title: 'merchant' },
      { title: 'state' },
      { title: 'lines', align: 'right' },
      { title: 'bill', align: 'right' },
      { title: 'books', align: 'right' },
      { title: 'difference', align: 'right' },
      { title: 'fees', align: 'right' },
      { title: 'corrected', align: 'right' },
      { title: 'to explain', align: 'right' },
    ],
    days.map(({ day, sums: { bill, books, openDifferences } }) => {
      const [theirs, ours] = [bill.payments - bill.refunds, books.payments - books.refunds];
      return [
        ...[day.day, `${day.gateway}/${day.merchantRef}`, stateOf(day), bill.lines],
        ...[theirs, ours, theirs - ours, bill.fees, bill.feeCorrections].map(fenToYuan),
        openDifferences,
      ];
    }),
  );
}

function stateOf({ state, lastAnswer, forgone }: BillDay): string {
  if (state === 'without_bill') return 'closed without bill';
  if (state === 'due' && forgone) return `${state} (to be closed without bill, not confirmed)`;
  return state === 'due' && lastAnswer !== null ? `${state} (${lastAnswer})` : state;
}
