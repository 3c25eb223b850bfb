/**
 * The generator: keeps every connection busy with one pledge at a time and counts the answers. It writes to bare
 * sockets, because the machine's cores are shared and every microsecond spent here is missing in what is measured.
 * Runs as a process of its own: `node load.mjs <options as JSON>`; prints what it saw as JSON.
 */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const { port, connections, seconds, campaignId, tokensFile, body, label } = JSON.parse(process.argv[2]);
const tokens = readFileSync(tokensFile, 'utf8').split('\n');
const statuses = {};
const latencies = [];
let firstRefusal = null;
let sent = 0;

const head = `POST /v1/campaigns/${campaignId}/pledges HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nAuthorization: Bearer `;

function request() {
  sent += 1;
  const token = tokens[(sent * 7919) % tokens.length];
  return `${head}${token}\r\nIdempotency-Key: ${label}-${sent}\r\n\r\n${body}`;
}

function run(until) {
  return new Promise((finished, fail) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    let since = 0;
    let text = '';
    const next = () => {
      if (performance.now() >= until) {
        socket.destroy();
        finished();
        return;
      }
      since = performance.now();
      socket.write(request(), 'latin1');
    };
    socket.setEncoding('latin1');
    socket.once('connect', next);
    socket.once('error', fail);
    socket.once('close', finished);
    socket.on('data', (chunk) => {
      text = text === '' ? chunk : text + chunk;
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < end + 4 + length) return;
      const status = text.slice(9, 12);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status[0] !== '2') firstRefusal ??= text.slice(end + 4);
      latencies.push(performance.now() - since);
      text = '';
      next();
    });
  });
}

const cpuBefore = process.cpuUsage();
const begin = performance.now();
await Promise.all(Array.from({ length: connections }, () => run(begin + seconds * 1000)));
const elapsed = (performance.now() - begin) / 1000;
const cpu = process.cpuUsage(cpuBefore);

latencies.sort((a, b) => a - b);
const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
const done = Object.entries(statuses).reduce((sum, [status, n]) => sum + (status[0] === '2' ? n : 0), 0);
process.stdout.write(
  JSON.stringify({
    done,
    sent,
    statuses,
    firstRefusal,
    seconds: elapsed,
    p50: at(0.5),
    p99: at(0.99),
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
  }),
);
