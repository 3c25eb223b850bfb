import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Asking, ChildSettings, Reply } from './crash-child.js';
import type { CrashPoint } from './crash-switch.js';
import type { AnswerOf, InputOf, StepName } from './crash-steps.js';

const folder = join(process.cwd(), 'test/faults');
const hooks = pathToFileURL(join(folder, 'swc-hooks.mjs')).href;
const register = `data:text/javascript,import{register}from'node:module';register('${hooks}')`;

/** The process is gone and has answered nothing. */
export class Killed extends Error {}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** A process of ours that knows where it will be killed. */
export class CrashProcess {
  private readonly waiting = new Map<number, Waiting>();
  private readonly exited: Promise<unknown>;
  private count = 0;
  private errors = '';

  private constructor(private readonly child: ChildProcess) {
    child.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    child.on('message', (reply: Reply) => this.take(reply));
    this.exited = once(child, 'exit').then(() => {
      const killed = new Killed(`${child.signalCode ?? child.exitCode}: ${this.errors}`);
      for (const { reject } of this.waiting.values()) reject(killed);
      this.waiting.clear();
    });
  }

  static async start(settings: ChildSettings): Promise<CrashProcess> {
    const child = fork(join(folder, 'crash-child.ts'), [], {
      execArgv: ['--import', register],
      env: { PATH: process.env['PATH'], NODE_ENV: 'test' },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const made = new CrashProcess(child);
    await made.ask('start', settings);
    return made;
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get wasKilled(): boolean {
    return this.child.signalCode === 'SIGKILL';
  }

  arm(point: CrashPoint | null): Promise<unknown> {
    return this.ask('arm', point);
  }

  async points(): Promise<readonly string[]> {
    return (await this.ask('points', null)) as readonly string[];
  }

  /** Throws {@link Killed} where the process ends over it. */
  async run<N extends StepName>(name: N, input: InputOf<N>): Promise<AnswerOf<N>> {
    return (await this.ask(name, input)) as AnswerOf<N>;
  }

  async end(): Promise<void> {
    if (this.alive) this.child.disconnect();
    await this.exited;
  }

  private ask(name: Asking['name'], input: unknown): Promise<unknown> {
    if (!this.alive || !this.child.connected) return Promise.reject(new Killed('it is gone already'));
    this.count += 1;
    const id = this.count;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      // A process that dies meanwhile is told of by its exit.
      this.child.send({ id, name, input } as Asking, () => undefined);
    });
  }

  private take({ id, value, error }: Reply): void {
    const asked = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) asked?.reject(new Error(error));
    else asked?.resolve(value);
  }
}
