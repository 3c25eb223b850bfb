import { Injectable } from '@nestjs/common';
import { MatchBindingStore } from './match-binding.store.js';
import { MatchPoolStore } from './match-pool.store.js';
import { MatchReservationStore } from './match-reservation.store.js';

/** The stores of match funds, together. */
@Injectable()
export class MatchStores {
  constructor(
    readonly pools: MatchPoolStore,
    readonly bindings: MatchBindingStore,
    readonly reservations: MatchReservationStore,
  ) {}
}
