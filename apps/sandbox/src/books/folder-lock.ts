import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Two processes appending to one journal would ruin it, so the folder belongs to one living process at a time. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'sandbox.lock');
  const own = `${process.pid} ${await startOf(process.pid)}`;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await writeFile(path, own, { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    if (await isHeld(path)) break;
    await rm(path, { force: true });
  }
  throw new Error(`The books in ${folder} are in use by another process: stop it or choose another folder.`);
}

/** A lock left by a killed process is stale; a reused process number is told apart by its start time. */
async function isHeld(path: string): Promise<boolean> {
  const [pid = '', started = ''] = (await readFile(path, 'utf8').catch(() => '')).split(' ');
  if (!/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  return started === (await startOf(Number(pid)));
}

/** Field 22 of /proc/<pid>/stat; empty where there is no /proc, which leaves the process number alone to decide. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
