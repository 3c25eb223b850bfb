/** Secrets of this clone, made once. They protect local data only; a deployment brings its own. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { inLocal } from './places.mjs';

const makers = {
  ownerPassword: () => randomBytes(18).toString('hex'),
  appPassword: () => randomBytes(18).toString('hex'),
  fieldKey: () => randomBytes(32).toString('base64'),
  blindIndexKey: () => randomBytes(32).toString('base64'),
  sandboxSecret: () => randomBytes(24).toString('hex'),
};

export function secrets() {
  const file = inLocal('secrets.json');
  const kept = read(file);
  const missing = Object.keys(makers).filter((name) => !kept[name]);
  if (missing.length === 0) return kept;
  const all = { ...kept, ...Object.fromEntries(missing.map((name) => [name, makers[name]()])) };
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
  return all;
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // Losing these keys loses the encrypted fields: a file that cannot be read is not replaced.
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}
