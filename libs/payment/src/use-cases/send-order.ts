import { Injectable } from '@nestjs/common';
import type { Charge } from '../domain/charge.js';
import type { OrderFinding } from '../domain/findings.js';
import { PayerHintStore } from '../store/payer-hint.store.js';
import { Gateways } from './gateway.port.js';

/** The call itself: everything that the order says was stored before, so a repetition says the same. */
@Injectable()
export class SendOrder {
  constructor(
    private readonly gateways: Gateways,
    private readonly hints: PayerHintStore,
  ) {}

  async execute({ payBy: expiresAt, ...order }: Charge): Promise<OrderFinding> {
    const payerHint = await this.hints.find(order.id);
    return this.gateways.get(order.gateway).createOrder({ ...order, expiresAt, payerHint });
  }
}
