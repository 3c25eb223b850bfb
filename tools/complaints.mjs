/** Shows at the terminal what processes complain about in their logs, as it is written. */
import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { say } from './terminal.mjs';

const pollMilliseconds = 500;
const chunkBytes = 64 * 1024;
const lineCharactersMax = 300;
const errorLevel = 50;

/** What to show of a log line: errors of JSON logs, and everything that is not JSON. */
export function complaintIn(line) {
  if (line.trim() === '') return undefined;
  if (!line.startsWith('{')) return line.slice(0, lineCharactersMax);
  try {
    const { level, msg, err } = JSON.parse(line);
    if (!(level >= errorLevel || level === 'error' || level === 'fatal')) return undefined;
    return [msg, err?.message].filter(Boolean).join(': ').slice(0, lineCharactersMax);
  } catch {
    return line.slice(0, lineCharactersMax);
  }
}

/** Follows log files from their present end; returns a function that stops following. */
export function followComplaints(processes) {
  const followed = processes.map(({ name, logFile }) => ({
    name,
    logFile,
    at: existsSync(logFile) ? statSync(logFile).size : 0,
    decoder: new StringDecoder('utf8'),
    rest: '',
  }));
  const timer = setInterval(() => followed.forEach(readOn), pollMilliseconds);
  timer.unref();
  return () => clearInterval(timer);
}

function readOn(one) {
  if (!existsSync(one.logFile)) return;
  const file = openSync(one.logFile, 'r');
  try {
    // A shorter file is a new one: the old was put aside for its size.
    if (fstatSync(file).size < one.at) one.at = 0;
    const buffer = Buffer.alloc(chunkBytes);
    for (let read = readSync(file, buffer, 0, chunkBytes, one.at); read > 0;) {
      one.at += read;
      const lines = (one.rest + one.decoder.write(buffer.subarray(0, read))).split('\n');
      one.rest = lines.pop() ?? '';
      for (const line of lines) {
        const complaint = complaintIn(line);
        if (complaint) say(`[${one.name}] ${complaint}`);
      }
      read = readSync(file, buffer, 0, chunkBytes, one.at);
    }
  } finally {
    closeSync(file);
  }
}
