import { ReadCodes } from '@hehuo/identity';
import { table } from '../output/table.js';
import { UserError } from '../output/terminal.js';
import { withPlatform } from '../platform.js';
import type { AddCommand } from './command.js';

export const addCodes: AddCommand = (program, { terminal, environment }) => {
  program
    .command('codes')
    .description('show the one-time codes that work right now, on a machine without an SMS provider')
    .option('--phone <number>', 'only those of this number; prints nothing but the newest code')
    .action(async ({ phone }: { phone?: string }) => {
      await withPlatform('codes', environment, async (platform) => {
        // Whoever reads codes can sign in as anybody; a real installation hands them to the provider only.
        if (platform.config.NODE_ENV === 'production') {
          throw new UserError('In production nobody reads the codes of others; NODE_ENV is production.');
        }
        const codes = await platform.get(ReadCodes).execute();
        const asked = codes.filter((code) => phone === undefined || code.phone === phone);
        const [newest] = asked;
        if (!newest) throw new UserError('No code works right now; ask for one on the sign-in page first.');
        terminal.out(
          phone !== undefined
            ? newest.code
            : table(
                [
                  { title: 'phone' },
                  { title: 'code' },
                  { title: 'asked for (UTC)' },
                  { title: 'until (UTC)' },
                ],
                asked.map(({ phone: to, code, createdAt, expiresAt }) => [
                  to,
                  code,
                  createdAt.toISOString().slice(11, 19),
                  expiresAt.toISOString().slice(11, 19),
                ]),
              ),
        );
      });
    });
};
