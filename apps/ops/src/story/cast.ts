import { totpCode } from '@hehuo/identity';
import { UserError } from '../output/terminal.js';
import type { DemoSecrets } from '../seed/demo-secrets.js';
import { Caller, eachOf, Refusal } from './caller.js';
import type { Timeline } from './timeline.js';

export interface Neighbour {
  /** From 1, the number of the household. */
  readonly at: number;
  readonly caller: Caller;
  readonly personId: string;
}

export interface Stage {
  readonly apiUrl: string;
  /** Makes the phone numbers of this run different from those of every other. */
  readonly run: number;
  readonly now: () => Date;
  /** Reads the one-time code that went to a phone of the story. */
  readonly codeOf: (phone: string) => Promise<string>;
  readonly timeline: Timeline;
}

const signInsAtOnce = 6;
const totpSeconds = 30;

/** A device of its own for everybody: the platform counts tries by address. */
export function device(stage: Stage, at: number): Caller {
  const isLocal = /^https?:\/\/127\./.test(stage.apiUrl);
  const address = isLocal ? `127.${(stage.run % 200) + 20}.1.${at + 1}` : null;
  return new Caller(stage.apiUrl, address, (seconds) =>
    stage.timeline.mutter(`the platform asks for patience: ${seconds} s`),
  );
}

export async function signInStaff(stage: Stage, login: string, secrets: DemoSecrets): Promise<Caller> {
  const caller = device(stage, 200);
  const enter = async (): Promise<void> => {
    const totp = totpCode(secrets.totpSecret(login), stage.now());
    const body = { login, password: secrets.password(login), totp };
    caller.token = (await caller.post<{ token: string }>('/v1/sign-in/staff', { body })).token;
  };
  try {
    await enter();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'sign_in_refused') throw error;
    // A code works once: whoever ran the story within the same half minute has used it up.
    const secondsLeft = totpSeconds - ((stage.now().getTime() / 1000) % totpSeconds);
    stage.timeline.tell(`the authenticator code was used; the next one comes in ${Math.ceil(secondsLeft)} s`);
    const nextAt = stage.timeline.seconds + secondsLeft + 1;
    await stage.timeline.until('the next authenticator code', totpSeconds + 5, async () =>
      stage.timeline.seconds >= nextAt ? true : null,
    );
    await enter();
  }
  return caller;
}

/** Everybody signs in with the code that came to their phone and joins by the code on the notice at their door. */
export async function moveIn(
  stage: Stage,
  communityId: string,
  doorCodes: readonly string[],
): Promise<Neighbour[]> {
  return eachOf(doorCodes, signInsAtOnce, async (doorCode, index) => {
    const at = index + 1;
    const caller = device(stage, at);
    const phone = `154${stage.run.toString().padStart(4, '0')}${at.toString().padStart(4, '0')}`;
    await caller.post('/v1/sign-in/codes', { body: { phone } });
    const code = await stage.codeOf(phone);
    const body = { phone, code, acceptsPrivacyNotice: true };
    const session = await caller.post<{ token: string; personId: string }>('/v1/sign-in', { body });
    caller.token = session.token;
    const birthDate = `${1955 + (at % 40)}-04-12`;
    await caller.patch('/v1/me', { body: { name: `书院邻居${NUMBERS[at % 10]}`, birthDate } });
    const joined = await caller.post<{ state: string }>('/v1/memberships', {
      body: { communityId, doorCode },
    });
    if (joined.state !== 'verified') throw new UserError(`The door code of household ${at} did not verify.`);
    return { at, caller, personId: session.personId };
  });
}

const NUMBERS = '十一二三四五六七八九';
