import type { Logger } from 'pino';
import type { Merchants } from '../alipay/merchants.js';
import type { Bookkeeper } from '../books/bookkeeper.js';
import type { Clock } from '../clock.js';
import type { FaultSwitches } from '../faults/fault-switches.js';
import type { Bills } from '../gateway/bills.js';
import type { Queries } from '../gateway/queries.js';
import type { WechatMerchants } from '../wechat/merchants.js';
import type { Performer } from './perform.js';

/** What the routes work with. */
export interface ServerParts {
  readonly keeper: Bookkeeper;
  readonly queries: Queries;
  readonly bills: Bills;
  readonly performer: Performer;
  readonly faults: FaultSwitches;
  readonly clock: Clock;
  readonly secret: string;
  readonly log: Logger;
  readonly isReady: () => boolean;
  /** The address that payers' browsers see. */
  readonly publicUrl: () => string;
  /** Who may speak the Alipay dialect. */
  readonly merchants: Merchants;
  /** Who may speak the WeChat Pay dialect. */
  readonly wechat: WechatMerchants;
}
