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

/** The number of the message by which a halted process says so; {@link Reply} has it as its id. */
const haltId = 0;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** A process of ours that knows where it will die. After a halt the same program can be started anew in it. */
export class CrashProcess {
  private readonly waiting = new Map<number, Waiting>();
  private readonly exited: Promise<unknown>;
  private count = 0;
  private halted = false;
  private errors = '';

  constructor() {
    this.child = fork(join(folder, 'crash-child.ts'), [], {
      execArgv: ['--import', register],
      env: { PATH: process.env['PATH'], NODE_ENV: 'test' },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    this.child.on('message', (reply: Reply) => this.take(reply));
    this.exited = once(this.child, 'exit').then(() => this.tellDeath());
  }

  private readonly child: ChildProcess;

  /** Whether there is somebody to ask. */
  get alive(): boolean {
    return this.runs && !this.halted;
  }

  get wasKilled(): boolean {
    return this.halted || this.child.signalCode === 'SIGKILL';
  }

  /** Whether another start is possible in it. */
  get runs(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  start(settings: ChildSettings): Promise<unknown> {
    this.halted = false;
    return this.ask('start', settings);
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
    if (this.runs && this.child.connected) this.child.disconnect();
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
    if (id === haltId) {
      this.halted = true;
      this.tellDeath();
      return;
    }
    const asked = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) asked?.reject(new Error(error));
    else asked?.resolve(value);
  }

  private tellDeath(): void {
    const killed = new Killed(`${this.child.signalCode ?? this.child.exitCode ?? 'halt'}: ${this.errors}`);
    for (const { reject } of this.waiting.values()) reject(killed);
    this.waiting.clear();
  }
}
