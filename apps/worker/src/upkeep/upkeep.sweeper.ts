import { ForgetOld } from '@hehuo/identity';
import { ForgetSecrets } from '@hehuo/payment';
import { ForgetFiles, IdempotencyStore } from '@hehuo/platform';
import { idOf, type Resolve } from '../jobs/job-handlers.js';
import type { Sweep } from '../loops/sweep.js';

const forgetIdleMs = 60 * 60_000;
const answersPerRound = 1_000;
const filesIdleMs = 5 * 60_000;

/** What is kept for a while and no longer: codes, texts and sessions; answers to repeated requests; unused uploads. */
export function upkeepSweeps(resolve: Resolve): Sweep[] {
  const [people, answers] = [resolve(ForgetOld), resolve(IdempotencyStore)];
  const secrets = resolve(ForgetSecrets);
  const files = resolve(ForgetFiles);
  return [
    { name: 'forget-people-data', idleMs: forgetIdleMs, round: () => people.execute().then(() => false) },
    { name: 'forget-secrets', idleMs: forgetIdleMs, round: () => secrets.execute().then(() => false) },
    {
      name: 'forget-answers',
      idleMs: forgetIdleMs,
      round: async () => (await answers.forgetOld(answersPerRound)) === answersPerRound,
    },
    {
      name: 'forget-files',
      idleMs: filesIdleMs,
      due: (limit) => files.due(limit),
      act: (ref) => files.execute(idOf('fil', ref)),
    },
  ];
}
