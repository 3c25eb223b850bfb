import { randomInt } from 'node:crypto';
import { ReadCodes } from '@hehuo/identity';
import { Clock } from '@hehuo/kernel';
import { FieldCipher } from '@hehuo/platform';
import { UserError, type Terminal } from '../output/terminal.js';
import { withPlatform, type Platform } from '../platform.js';
import { DemoSecrets } from '../seed/demo-secrets.js';
import type { Stage } from '../story/cast.js';
import { Refusal } from '../story/caller.js';
import { Story } from '../story/play.js';
import { Timeline } from '../story/timeline.js';
import type { AddCommand } from './command.js';

const runsMax = 9_999;
const codeSecondsMax = 20;

export const addStory: AddCommand = (program, { terminal, environment }) => {
  program
    .command('story')
    .description('play one real case, up to settled pledges, over HTTP on the running platform; 3 minutes')
    .addHelpText(
      'after',
      '\n书院雅居: 36 households, 3,600 yuan and their own painting, and a twin that misses its goal. Needs the demo' +
        ' (ops seed --demo) and DEMO_SHORT_DEADLINES=yes on api and worker. Exit 1 when a single fen is off.',
    )
    .action(async () => {
      await withPlatform('story', environment, (platform) => tell(platform, terminal));
    });
};

async function tell(platform: Platform, terminal: Terminal): Promise<void> {
  if (platform.config.NODE_ENV === 'production') {
    throw new UserError('The story invents neighbours and payments; it is not for production.');
  }
  const clock = platform.get(Clock);
  const timeline = new Timeline(terminal, clock);
  const stage: Stage = {
    apiUrl: platform.config.API_URL.replace(/\/+$/, ''),
    run: randomInt(1, runsMax),
    now: () => clock.now(),
    codeOf: (phone) => codeOf(platform, timeline, phone),
    timeline,
  };
  const story = new Story(stage, new DemoSecrets(platform.get(FieldCipher)), terminal);
  try {
    await story.play();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new UserError(`The platform refused a step of the story: ${error.message}`);
  } finally {
    await story.close();
  }
}

/** The one thing that does not come over HTTP: the text that a telephone would have got. */
function codeOf(platform: Platform, timeline: Timeline, phone: string): Promise<string> {
  return timeline.until('the one-time code', codeSecondsMax, async () => {
    const codes = await platform.get(ReadCodes).execute();
    return codes.find((one) => one.phone === phone)?.code ?? null;
  });
}
