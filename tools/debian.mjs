/** Installs the servers and the browser of the tests on Debian and Ubuntu, without letting the package start one of its own. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { findProgram } from './binaries.mjs';
import { run } from './processes.mjs';
import { Problem, step } from './terminal.mjs';

const policyFile = '/usr/sbin/policy-rc.d';

export function canInstall() {
  return (
    process.getuid?.() === 0 && existsSync('/etc/debian_version') && findProgram('apt-get') !== undefined
  );
}

/** `packages`: names for apt. The core packages of MariaDB hold the server and no service. */
export async function installPackages(packages) {
  await step(`installing ${packages.join(', ')} (apt-get)`, async () => {
    const lifted = forbidServices();
    try {
      await apt(['update']);
      await apt(['install', '--yes', '--no-install-recommends', ...packages]);
    } finally {
      lifted();
    }
  });
}

// Debian asks this file before it starts a service; one that is there already decides for itself.
function forbidServices() {
  if (existsSync(policyFile)) return () => undefined;
  writeFileSync(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  return () => rmSync(policyFile, { force: true });
}

// Cut in the middle, it would leave half-installed packages.
async function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const { code, output } = await run('apt-get', ['-q', ...args], { env, spare: true });
  if (code !== 0) {
    throw new Problem(
      `apt-get ${args.join(' ')} failed:\n${output.trimEnd().split('\n').slice(-15).join('\n')}`,
    );
  }
}
