import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const sweepMs = 100;

/**
 * Lets the server close as soon as the last answer is out. Node closes idle connections once, when closing begins: what
 * becomes idle later, or was opened ahead of a request that never came, would hold the process for its whole timeout.
 */
export function closeIdleConnections(fastify: FastifyInstance): void {
  const { server } = fastify;
  const unused = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  fastify.addHook('preClose', (done) => {
    const sweep = setInterval(() => {
      server.closeIdleConnections();
      for (const socket of unused) socket.destroy();
    }, sweepMs).unref();
    server.once('close', () => clearInterval(sweep));
    done();
  });
}
