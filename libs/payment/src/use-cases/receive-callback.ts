import { Injectable } from '@nestjs/common';
import { Clock, newId, UnitOfWork } from '@hehuo/kernel';
import { isDuplicateKey } from '@hehuo/platform';
import { PaymentError } from '../domain/errors.js';
import { GatewayEventStore } from '../store/gateway-event.store.js';
import { Gateways, type RawCallback } from './gateway.port.js';
import { Trail } from './trail.js';

export const callbackBytesMax = 65_536;

/**
 * Takes a gateway's callback: verified over the bytes as they came, stored, committed, and only then acknowledged by
 * returning. When the database is away it throws, the answer is a 5xx, and the gateway comes again. Nothing is booked
 * here: a callback is a claim, and the gateway is asked about it afterwards.
 */
@Injectable()
export class ReceiveCallback {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly events: GatewayEventStore,
    private readonly gateways: Gateways,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Throws `callback_too_large`, `callback_refused` (401) or `callback_malformed` (400); a repetition is `known`. */
  async execute(gateway: string, callback: RawCallback): Promise<'stored' | 'known'> {
    if (callback.body.length > callbackBytesMax) {
      throw new PaymentError('callback_too_large', `a callback holds at most ${callbackBytesMax} bytes`);
    }
    const now = this.clock.now();
    const event = await this.gateways.get(gateway).verifyCallback(callback, now);
    const id = newId('gev', now.getTime());
    try {
      await this.uow.run(async (tx) => {
        await this.events.insert(tx, { ...event, id, gateway, raw: callback.body });
        await this.trail.leave(tx, [], [{ topic: 'gateway.event', ref: id }]);
      });
      return 'stored';
    } catch (error) {
      if (isDuplicateKey(error, 'gateway_event_once')) return 'known';
      throw error;
    }
  }
}
