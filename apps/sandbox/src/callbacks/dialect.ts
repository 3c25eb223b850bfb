import type { OrderRecord } from '../books/books.js';
import type { Delivery, DialectName, Wire } from '../books/entries.js';
import type { GatewayEvent } from './gateway-event.js';

/** The exact text of one telling; with `wire` it is signed already and travels under these headers. */
export interface Telling {
  readonly body: string;
  readonly wire?: Wire;
  /** Named by a dialect that signs every try anew, with the merchant that it signs for. */
  readonly dialect?: DialectName;
  readonly merchant?: string;
}

/** Tells an event in the words of one wire format, rightly or wrongly signed; null for what it never tells. */
export type Tell = (told: GatewayEvent, signing: Delivery['signing']) => Telling | null;

/** A wire format besides the sandbox's own, over the same books, switches and courier. */
export interface Dialect {
  tellerOf(order: OrderRecord): Tell;
  /** The headers of one try, for a telling that named its dialect. */
  headersOf?(delivery: Delivery, nowSeconds: number): Record<string, string>;
}

export type Dialects = Readonly<Partial<Record<DialectName, Dialect>>>;
