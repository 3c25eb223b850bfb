import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { GatewayEventStore } from '../store/gateway-event.store.js';

/** The work list of stored callbacks that nobody acted on yet. */
@Injectable()
export class DueGatewayEvents {
  constructor(private readonly events: GatewayEventStore) {}

  execute(limit: number): Promise<Id<'gev'>[]> {
    return this.events.due(limit);
  }
}
