import { Injectable } from '@nestjs/common';
import type { Charge } from '../domain/charge.js';
import { Gateways, type PayInstruction } from './gateway.port.js';

/** What the payer's screen does to pay an open order: follow an address, show a code, or hand over parameters. */
@Injectable()
export class PresentCharge {
  constructor(private readonly gateways: Gateways) {}

  /** Null when there is nothing to pay, or its gateway is not set up here any more. */
  async execute({ gateway, number, merchantRef, scene, payUrl }: Charge): Promise<PayInstruction | null> {
    if (payUrl === null) return null;
    return (await this.gateways.find(gateway)?.present({ number, merchantRef, scene, payUrl })) ?? null;
  }
}
