import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { Agenda } from './agenda.js';
import { Merchants } from './alipay/merchants.js';
import { Notices } from './alipay/notices.js';
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
import { WechatMerchants } from './wechat/merchants.js';
import { WechatNotices } from './wechat/notices.js';

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
  const merchants = await Merchants.open(config.booksFolder);
  const wechat = await WechatMerchants.open(config.booksFolder, clock.nowMs());
  const dialects = { alipay: new Notices(merchants), wechat: new WechatNotices(wechat) };
  const courier = new Courier(keeper, agenda, clock, config.secret, log, dialects);
  let listening = '';
  let isReady = true;
  const publicUrl = (): string => config.publicUrl ?? listening;
  const gateway = new Gateway({
    ...{ keeper, faults, agenda, clock, callbackUrl: config.callbackUrl, dialects, publicUrl },
    dispatch: (id) => courier.plan(id),
  });
  const queries = new Queries(keeper.books, gateway, faults, clock);
  const performer = new Performer(gateway, faults, courier, clock);
  const server = buildServer({
    ...{ keeper, queries, performer, faults, clock, log, merchants, wechat, publicUrl },
    ...{ bills: new Bills(keeper.books, faults), secret: config.secret },
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
