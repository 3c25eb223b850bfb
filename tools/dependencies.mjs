/** The version of Node and the packages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';
import { run } from './processes.mjs';
import { Problem, step } from './terminal.mjs';

const oldestNode = [20, 19];
const outputLinesMax = 25;

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    throw new Problem(`Node ${oldestNode.join('.')} or later is needed; this is ${version}.`);
  }
}

/** Installs the packages when what lies in node_modules is not what package-lock.json asks for. */
export async function ensureDependencies() {
  if (isInstalled()) return;
  await step('installing packages (npm ci)', async () => {
    const result = await npm(['ci']);
    if (result.code !== 0) {
      throw new Problem(
        `npm failed:\n${result.output.trim().split('\n').slice(0, outputLinesMax).join('\n')}`,
      );
    }
  });
}

function npm(args) {
  const all = [...args, '--include=dev', '--no-audit', '--no-fund'];
  // Started by npm, its own path is known; else it is looked up.
  const self = process.env.npm_execpath;
  return self?.endsWith('.js')
    ? run(process.execPath, [self, ...all], { cwd: root })
    : run('npm', all, { cwd: root });
}

function isInstalled() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const hidden = join(root, 'node_modules', '.package-lock.json');
    const found = JSON.parse(readFileSync(hidden, 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, { version, optional, link }]) =>
        path === '' || optional || link || found[path]?.version === version,
    );
  } catch {
    return false;
  }
}
