import type { OrderRecord } from '../books/books.js';
import type { Delivery, DialectName, Wire } from '../books/entries.js';
import type { GatewayEvent } from './gateway-event.js';

/** The exact text of one telling; with `wire` it is signed already and travels under these headers. */
export interface Telling {
  readonly body: string;
  readonly wire?: Wire;
}

/** Tells an event in the words of one wire format, rightly or wrongly signed; null for what it never tells. */
export type Tell = (told: GatewayEvent, signing: Delivery['signing']) => Telling | null;

/** A wire format besides the sandbox's own, over the same books, switches and courier. */
export interface Dialect {
  tellerOf(order: OrderRecord): Tell;
}

export type Dialects = Readonly<Partial<Record<DialectName, Dialect>>>;
