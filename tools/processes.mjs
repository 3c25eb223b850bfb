/** Processes that we started: known again by pid and start time, so that a reused pid is never taken for ours. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from './terminal.mjs';

const pollMilliseconds = 50;

/** Fields of /proc/<pid>/stat after the name, which may hold anything. */
function statFields(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function askPs(pid, field) {
  return execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
}

/** Something that differs between two processes of the same pid; undefined when there is no such process. */
export function identityOf(pid) {
  try {
    if (!existsSync('/proc/self/stat')) return askPs(pid, 'lstart');
    const fields = statFields(pid);
    // A zombie has ended; only its parent has not looked yet.
    return fields[0] === 'Z' ? undefined : `ticks ${fields[19]}`;
  } catch {
    return undefined;
  }
}

export function parentOf(pid) {
  try {
    return Number(existsSync('/proc/self/stat') ? statFields(pid)[1] : askPs(pid, 'ppid'));
  } catch {
    return undefined;
  }
}

export function isAlive({ pid, identity }) {
  const now = identityOf(pid);
  return now !== undefined && now === identity;
}

/** Remembers a process in a file, so that a later run can find it. */
export function remember(file, pid) {
  const mark = { pid, identity: identityOf(pid) };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(mark));
  return mark;
}

export function recall(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Asks a process to end; after `graceSeconds` it is killed. Resolves when it is gone. */
export async function stopProcess(mark, { signal = 'SIGTERM', graceSeconds = 30 } = {}) {
  if (!isAlive(mark)) return;
  send(mark.pid, signal);
  const until = performance.now() + graceSeconds * 1000;
  while (isAlive(mark)) {
    if (performance.now() > until) send(mark.pid, 'SIGKILL');
    await pause(pollMilliseconds);
  }
}

export function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code === 'EPERM') throw new Problem(`process ${pid} belongs to another user; stop it yourself`);
  }
}

/** Stops what earlier runs remembered in a folder, in the order of `names`; returns what was found. */
export async function stopRemembered(folder, names) {
  const found = [];
  for (const name of names) {
    const file = join(folder, `${name}.json`);
    const mark = recall(file);
    if (mark && isAlive(mark)) {
      found.push(name);
      await stopProcess(mark);
    }
    rmSync(file, { force: true });
  }
  return found;
}

/** Waits until `probe` resolves to true. Throws what `explain` says when the time is over or `stopped` is. */
export async function waitUntil(probe, { seconds: limit, stopped = () => false, explain }) {
  const until = performance.now() + limit * 1000;
  for (;;) {
    if (await probe()) return;
    if (stopped() || performance.now() > until) throw new Problem(explain());
    await pause(pollMilliseconds);
  }
}

const commands = new Set();
let halted = false;

/** From now on nothing new is started, and commands that run are ended. */
export function halt() {
  halted = true;
  for (const child of commands) child.kill('SIGTERM');
}

export function isHalted() {
  return halted;
}

export function refuseWhenHalted() {
  if (halted) throw new Problem('stopped');
}

/**
 * Runs a command to its end. Resolves with code and output; `show` passes the output on as it comes, `always` is for
 * cleaning up after halt(), `spare` for what must not be cut in the middle.
 */
export function run(command, args, { show = false, always = false, spare = false, ...options } = {}) {
  if (!always) refuseWhenHalted();
  return new Promise((done, fail) => {
    const out = show ? 'inherit' : 'pipe';
    const child = spawn(command, args, { stdio: ['ignore', out, out], ...options });
    if (!spare) commands.add(child);
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    child.on('error', (error) => fail(new Problem(`${command} cannot be run: ${error.message}`)));
    child.on('close', (code) => {
      commands.delete(child);
      if (halted && !always) fail(new Problem('stopped'));
      else done({ code: code ?? 1, output });
    });
  });
}

/**
 * One holder at a time for a folder. A file of a holder that is gone is taken over.
 * Returns undefined when taken, or the holder's mark.
 */
export function takeLock(file) {
  mkdirSync(dirname(file), { recursive: true });
  const mark = JSON.stringify({ pid: process.pid, identity: identityOf(process.pid) });
  for (const attempt of [1, 2, 3]) {
    try {
      writeFileSync(file, mark, { flag: 'wx' });
      return undefined;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = recall(file);
      if (holder && isAlive(holder)) return holder;
      // The holder is gone, or was between creating and writing when it was killed.
      if (attempt < 3) rmSync(file, { force: true });
    }
  }
  throw new Problem(`cannot take ${file}`);
}

export function releaseLock(file) {
  if (recall(file)?.pid === process.pid) rmSync(file, { force: true });
}

/** Ends of text files, for messages about a process that would not start. */
export function tailOf(file, lines = 15) {
  if (!existsSync(file)) return '(no log)';
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

export function listFolders(folder) {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
