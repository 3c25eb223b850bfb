/**
 * A process that is kept running until it is told to stop. When it ends by itself it is started again, later and
 * later while it keeps ending; what it writes goes to its own log file.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { inLocal } from './places.mjs';
import { halt, refuseWhenHalted, remember, send, stopProcess, tailOf, waitUntil } from './processes.mjs';
import { say, warn } from './terminal.mjs';

const logBytesMax = 20 * 1024 * 1024;
const firstDelaySeconds = 1;
const longestDelaySeconds = 30;
/** A process that lived this long was well: its next end is a new story. */
const wellAfterSeconds = 60;

/** Everything that must be stopped before the launcher ends: `{ order, stop(), kill() }`, highest order first. */
const started = new Set();

export function stopLater(one) {
  started.add(one);
}

/** Stops what was started, one after the other. What is still starting is cut off. */
export async function stopEverything() {
  halt();
  for (const one of [...started].sort((a, b) => b.order - a.order)) {
    await one.stop();
    started.delete(one);
  }
}

export function killEverything() {
  halt();
  for (const one of started) one.kill();
}

export class Supervised {
  #child;
  #mark;
  #stopping = false;
  #startedOnce = false;
  #delay = firstDelaySeconds;
  #timer;

  /** `command()` gives [program, arguments, environment]; `ready()` tells whether it serves; `tidy()` runs after its end. */
  constructor({ name, order, command, ready, ...options }) {
    this.name = name;
    this.order = order;
    this.logFile = options.logFile ?? inLocal('log', `${name}.log`);
    this.runFile = options.runFile ?? inLocal('run', `${name}.json`);
    this.command = command;
    this.ready = ready;
    this.graceSeconds = options.graceSeconds ?? 30;
    this.follow = options.follow ?? false;
    this.tidy = options.tidy ?? (() => undefined);
  }

  get pid() {
    return this.#child?.pid;
  }

  get #ended() {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  start() {
    refuseWhenHalted();
    const [program, args, env] = this.command();
    mkdirSync(dirname(this.logFile), { recursive: true });
    if (existsSync(this.logFile) && statSync(this.logFile).size > logBytesMax) {
      renameSync(this.logFile, `${this.logFile}.1`);
    }
    const log = openSync(this.logFile, 'a');
    // An own session: Ctrl-C reaches the launcher only, which then ends everything in order.
    const stdio = ['ignore', log, log, ...(this.follow ? ['ipc'] : [])];
    const child = spawn(program, args, { env: env ?? process.env, stdio, detached: true });
    closeSync(log);
    this.#child = child;
    const since = performance.now();
    child.once('error', (error) => warn(`${this.name} cannot be started: ${error.message}`));
    child.once('exit', (code, signal) => this.#onExit(signal ?? `code ${code}`, since));
    if (child.pid) this.#mark = remember(this.runFile, child.pid);
    stopLater(this);
    return this;
  }

  #onExit(how, since) {
    if (this.#stopping || !this.#startedOnce) return;
    if (performance.now() - since > wellAfterSeconds * 1000) this.#delay = firstDelaySeconds;
    warn(`${this.name} ended (${how}); starting it again in ${this.#delay} s`);
    this.#timer = setTimeout(() => {
      this.start();
      this.untilReady().then(
        () => say(`  ${this.name} is back`),
        () => undefined,
      );
    }, this.#delay * 1000);
    this.#delay = Math.min(this.#delay * 2, longestDelaySeconds);
  }

  /** Resolves when it serves. Throws with the end of its log when it ends before that or takes too long. */
  async untilReady(seconds = 60) {
    const child = this.#child;
    await waitUntil(this.ready, {
      seconds,
      stopped: () => this.#stopping || child.exitCode !== null || child.signalCode !== null || !child.pid,
      explain: () =>
        this.#stopping
          ? `${this.name} was stopped while starting`
          : `${this.name} did not get ready. The end of ${this.logFile}:\n\n${tailOf(this.logFile)}`,
    });
    this.#startedOnce = true;
  }

  async stop() {
    this.#stopping = true;
    clearTimeout(this.#timer);
    if (this.#mark && !this.#ended) await stopProcess(this.#mark, { graceSeconds: this.graceSeconds });
    rmSync(this.runFile, { force: true });
    this.tidy();
  }

  kill() {
    this.#stopping = true;
    clearTimeout(this.#timer);
    if (this.#mark && !this.#ended) send(this.#mark.pid, 'SIGKILL');
    rmSync(this.runFile, { force: true });
    this.tidy();
  }
}
