/** Exits with 0 when the app of this container is alive. A container holds one app, so one answer is enough. */
const ports = [
  process.env.PORT || '3000',
  process.env.WORKER_PORT || '3001',
  process.env.SANDBOX_PORT || '3002',
];
const limitMilliseconds = 3000;

async function isAlive(port) {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, {
      signal: AbortSignal.timeout(limitMilliseconds),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

const answers = await Promise.all(ports.map(isAlive));
process.exitCode = answers.includes(true) ? 0 : 1;
