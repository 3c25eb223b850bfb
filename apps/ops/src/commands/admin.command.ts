import { MakeFirstAdmin, type FirstAdminInput, type StaffEnrolment } from '@hehuo/identity';
import { withPlatform } from '../platform.js';
import type { AddCommand } from './command.js';

export const addAdmin: AddCommand = (program, { terminal, environment }) => {
  program
    .command('admin')
    .description('make the first platform admin, with a login; refused while there is one')
    .requiredOption(
      '--login <login>',
      'what the admin signs in with: 3 to 40 letters, digits, dots or dashes',
    )
    .requiredOption('--phone <number>', 'their mobile number')
    .requiredOption('--name <name>', 'their real name')
    .requiredOption('--birth-date <day>', 'YYYY-MM-DD')
    .addHelpText(
      'after',
      '\nPrints the password and the secret of the authenticator once, to be handed over in person; the password has to be' +
        '\nchanged. Further admins, staff and fund approvers are made by admins: POST /v1/role-grants and /v1/staff.',
    )
    .action(async (input: FirstAdminInput) => {
      await withPlatform('admin', environment, async (platform) => {
        terminal.out(shown(await platform.get(MakeFirstAdmin).execute(input)));
      });
    });
};

function shown({ login, password, totpUri }: StaffEnrolment): string {
  return [
    'The first platform admin can sign in with POST /v1/sign-in/staff. None of this is shown again:',
    `  login     ${login}`,
    `  password  ${password}   (to be changed at once)`,
    `  secret    ${new URL(totpUri).searchParams.get('secret') ?? ''}`,
    `  as a link ${totpUri}`,
  ].join('\n');
}
