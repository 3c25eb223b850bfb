import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { PaymentModule } from '@hehuo/payment';
import { Database, PlatformModule } from '@hehuo/platform';
import { TestPorts } from '../integration/payment/ports.js';
import { STEPS, type Get, type StepName } from './crash-steps.js';
import { CrashSwitch, type CrashPoint } from './crash-switch.js';

export interface ChildSettings {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly callbackUrl: string;
  readonly storageFolder: string;
  readonly secret: string;
  /** The same for every process of one platform, 32 bytes in base64. */
  readonly key: string;
}

/** What the test asks of this process; each asking is answered once, unless the process dies over it. */
export type Asking = { readonly id: number } & (
  | { readonly name: 'start'; readonly input: ChildSettings }
  | { readonly name: 'arm'; readonly input: CrashPoint | null }
  | { readonly name: 'points'; readonly input: null }
  | { readonly name: StepName; readonly input: unknown }
);

/** The number of the message that answers nothing: what was started last is dead. */
const halt = 0;

export interface Reply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

let crash: CrashSwitch;
let get: Get;

async function start({ url, sandboxUrl, callbackUrl, storageFolder, secret, key }: ChildSettings) {
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.with({
        database: { url, poolMax: 4, entities: [] },
        ...{ fieldKey: key, blindIndexKey: key, storage: { folder: storageFolder } },
      }),
      PaymentModule.with({
        gateways: { sandbox: { url: sandboxUrl, secret, timeoutMs: 5_000 } },
        ...{ publicUrl: callbackUrl, ports: TestPorts },
      }),
    ],
  }).compile();
  await module.init();
  get = (token) => module.get(token as never);
  crash = await CrashSwitch.install(get, get(Database), () => process.send?.({ id: halt }));
}

async function answer(asking: Asking): Promise<unknown> {
  switch (asking.name) {
    case 'start':
      return start(asking.input);
    case 'arm':
      return crash.arm(asking.input);
    case 'points':
      return crash.points();
    default: {
      const step = STEPS[asking.name] as (get: Get, input: unknown) => Promise<unknown>;
      return step(get, asking.input);
    }
  }
}

process.on('message', (asking: Asking) => {
  const reply = (rest: Omit<Reply, 'id'>) => process.send?.({ id: asking.id, ...rest });
  answer(asking).then(
    (value) => reply({ value }),
    (error: unknown) => reply({ error: error instanceof Error ? (error.stack ?? error.message) : 'unknown' }),
  );
});
// A test that ends without a word leaves nobody behind.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
