import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { Agenda } from './agenda.js';
import { Bookkeeper } from './books/bookkeeper.js';
import { Courier } from './callbacks/courier.js';
import { systemClock, type Clock } from './clock.js';
import type { SandboxConfig } from './config.js';
import { FaultSwitches } from './faults/fault-switches.js';
import { Bills } from './gateway/bills.js';
import { Gateway } from './gateway/gateway.js';
import { Queries } from './gateway/queries.js';
import { Performer } from './http/perform.js';
import { buildServer } from './http/server.js';

export interface Sandbox {
  /** Where it listens, such as `http://127.0.0.1:3002`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Replays the books, takes up unfinished work and listens. `onFailure` hears of a journal that cannot be written. */
export async function startSandbox(
  config: SandboxConfig,
  log: Logger,
  onFailure: (error: Error) => void,
  clock: Clock = systemClock,
): Promise<Sandbox> {
  const { keeper, replay } = await Bookkeeper.open(config.booksFolder, clock, onFailure);
  if (replay.tornBytes > 0)
    log.warn(replay, 'a torn last line was taken off the journal; nobody was ever told of it');
  const agenda = new Agenda(clock);
  const faults = new FaultSwitches();
  const courier = new Courier(keeper, agenda, clock, config.secret, log);
  let listening = '';
  let isReady = true;
  const gateway = new Gateway({
    ...{ keeper, faults, agenda, clock, callbackUrl: config.callbackUrl },
    dispatch: (id) => courier.plan(id),
    publicUrl: () => config.publicUrl ?? listening,
  });
  const queries = new Queries(keeper.books, gateway, faults, clock);
  const performer = new Performer(gateway, faults, courier, clock);
  const server = buildServer({
    ...{ bills: new Bills(keeper.books, faults) },
    ...{ keeper, queries, performer, faults, clock, log, secret: config.secret },
    isReady: () => isReady,
  });
  const stop = async (): Promise<void> => {
    isReady = false;
    agenda.stop();
    performer.dropHeld();
    await courier.stop();
    await server.close();
    await keeper.close();
  };
  try {
    await server.listen({ host: config.host, port: config.port });
  } catch (error) {
    await stop();
    throw error;
  }
  const { port } = server.server.address() as AddressInfo;
  listening = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  // Only now: a second process on a taken port must not send callbacks before it notices.
  gateway.resume();
  courier.resume();
  log.info({ url: listening, lines: replay.lines, orders: keeper.books.orders.size }, 'sandbox ready');
  return { url: listening, stop };
}
