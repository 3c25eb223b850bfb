/**
 * The floor: what a careful person writes by hand with mysql2 and nothing else. One transaction a pledge (key, pledge,
 * transfer, counter), the counter last so that its lock is short, on lean tables without the indexes that ours carry.
 * Runs as a process of its own: `node floor.mjs <options as JSON>`; prints what it did as JSON.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createPool } from 'mysql2/promise';

const { url, connections, seconds, campaignId, people, amount } = JSON.parse(process.argv[2]);

const pool = createPool({ uri: url, connectionLimit: connections, supportBigNumbers: true, timezone: 'Z' });
const latencies = [];
let done = 0;
let refused = 0;

async function pledge(connection, key) {
  const id = randomUUID();
  const person = people[Math.floor(Math.random() * people.length)];
  const hash = createHash('sha256').update(`${person}|${key}`).digest('base64url');
  await connection.query('START TRANSACTION');
  await connection.query('INSERT INTO floor_key (once_hash, pledge_id) VALUES (?, ?)', [hash, id]);
  await connection.query(
    'INSERT INTO floor_pledge (id, campaign_id, person_id, quantity, state) VALUES (?, ?, ?, ?, ?)',
    [id, campaignId, person, amount, 'promised'],
  );
  await connection.query(
    'INSERT INTO floor_transfer (id, debit_id, credit_id, amount, ref) VALUES (?, ?, ?, ?, ?)',
    [randomUUID(), person, campaignId, amount, id],
  );
  const [{ affectedRows }] = await connection.query(
    'UPDATE floor_counter SET reserved = reserved + ?, pledges = pledges + 1 WHERE campaign_id = ? AND reserved + ? <= cap',
    [amount, campaignId, amount],
  );
  await connection.query(affectedRows === 1 ? 'COMMIT' : 'ROLLBACK');
  return affectedRows === 1;
}

async function work(connection, lane, until) {
  for (let n = 0; performance.now() < until; n += 1) {
    const since = performance.now();
    if (await pledge(connection, `${lane}-${n}`)) done += 1;
    else refused += 1;
    latencies.push(performance.now() - since);
  }
}

const lanes = await Promise.all(Array.from({ length: connections }, () => pool.getConnection()));
for (const lane of lanes) await lane.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
const cpuBefore = process.cpuUsage();
const since = performance.now();
await Promise.all(lanes.map((connection, lane) => work(connection, lane, since + seconds * 1000)));
const elapsed = (performance.now() - since) / 1000;
const cpu = process.cpuUsage(cpuBefore);
await pool.end();

latencies.sort((a, b) => a - b);
const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
process.stdout.write(
  JSON.stringify({
    done,
    refused,
    seconds: elapsed,
    p50: at(0.5),
    p99: at(0.99),
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
  }),
);
