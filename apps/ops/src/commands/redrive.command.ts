import { PledgeStore } from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { CheckCharge, RedriveRefund } from '@hehuo/payment';
import { RedriveItem } from '@hehuo/settlement';
import { UserError } from '../output/terminal.js';
import { withPlatform, type Platform } from '../platform.js';
import type { AddCommand } from './command.js';

const reasonCharacters = { min: 3, max: 300 } as const;

export const addRedrive: AddCommand = (program, { terminal, environment }) => {
  program
    .command('redrive')
    .description(
      'send on its way again what waits for a human: an item of a settlement, a refund or a payment',
    )
    .argument('<id>', 'plg_... (the pledge of the item), rfd_... or chg_...')
    .requiredOption('--reason <text>', 'what was repaired; kept in the log')
    .addHelpText('after', '\nNothing is forced: the worker plans it anew, and may find it stuck again.')
    .action(async (id: string, { reason }: { reason: string }) => {
      const why = reason.trim();
      if (why.length < reasonCharacters.min || why.length > reasonCharacters.max) {
        throw new UserError(
          `Say in ${reasonCharacters.min} to ${reasonCharacters.max} characters what was repaired.`,
        );
      }
      await withPlatform('redrive', environment, async (platform) => {
        terminal.out(await redrive(platform, id, why));
      });
    });
};

async function redrive(platform: Platform, id: string, reason: string): Promise<string> {
  if (isId('plg', id)) {
    const pledge = await platform.get(PledgeStore).find(id);
    if (!pledge) throw new UserError(`There is no pledge ${id}.`);
    const { campaignId } = pledge;
    await platform.get(RedriveItem).execute({ actor: OPERATOR, campaignId, pledgeId: id, reason });
    return `The item of ${id} is due again; the worker settles it.`;
  }
  if (isId('rfd', id)) {
    const refund = await platform.get(RedriveRefund).execute({ actor: OPERATOR, refundId: id, reason });
    return `The refund ${id} is ${refund.state}, with the number ${refund.number}.`;
  }
  if (isId('chg', id)) {
    await platform.get(CheckCharge).execute(id);
    return `The gateway was asked about ${id} once more.`;
  }
  throw new UserError(`"${id}" is none of plg_..., rfd_... and chg_... with 26 characters.`);
}

/**
 * Whoever runs the machine. Not a person of the platform: the state log names the command instead. The two roles are
 * those that the same acts need over HTTP.
 */
const OPERATOR: Actor = {
  personId: `per_${'0'.repeat(26)}` as Id<'per'>,
  sessionId: `ses_${'0'.repeat(26)}` as Id<'ses'>,
  roles: [
    { role: 'community_staff', communityId: null },
    { role: 'fund_approver', communityId: null },
  ],
  partnerIds: [],
  secondFactorAt: null,
};
