/** Ports and whether something answers on them. */
import { connect, createServer } from 'node:net';

/** Whether a port can be listened on, at the address that our processes use. */
export function isFree(port, host = '127.0.0.1') {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(true)));
  });
}

export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Connects, sends `text` if given, and resolves with the first bytes of the answer, or undefined. */
export function firstBytes(host, port, text, timeoutMilliseconds = 1500) {
  return new Promise((done) => {
    const socket = connect({ host, port });
    const end = (value) => {
      socket.destroy();
      done(value);
    };
    socket.setTimeout(timeoutMilliseconds, () => end(undefined));
    socket.once('error', () => end(undefined));
    socket.once('close', () => done(undefined));
    socket.once('connect', () => text && socket.write(text));
    socket.once('data', end);
  });
}

/** MySQL and MariaDB greet first: protocol 10 means it will talk, 255 that it refuses this host. */
export async function mysqlAnswers(host, port) {
  return (await firstBytes(host, port))?.[4] === 10;
}

/** A Redis that wants a password answers NOAUTH, and answers. */
export async function redisAnswers(host, port) {
  const answer = await firstBytes(host, port, 'PING\r\n');
  return answer !== undefined && /^(\+PONG|-NOAUTH)/.test(answer.toString());
}

/** Whether an HTTP address answers 2xx. */
export async function httpReady(url) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
