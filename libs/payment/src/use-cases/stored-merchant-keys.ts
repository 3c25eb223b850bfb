import type { Clock } from '@hehuo/kernel';
import type { GatewayName } from '../domain/charge.js';
import type { KeyStore } from '../store/key.store.js';
import { MerchantKeys, type MerchantKeySet } from './gateway.port.js';

/** Replaced keys are used for at most this long by a process that read them before. */
const rememberMs = 5_000;
const merchantsMax = 1_000;

interface Remembered {
  readonly sets: readonly MerchantKeySet[];
  readonly untilMs: number;
}

/** The keys of merchants, read from the database and opened at most every few seconds. */
export class StoredMerchantKeys extends MerchantKeys {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly keys: KeyStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  async find(gateway: GatewayName, merchantRef: string): Promise<readonly MerchantKeySet[]> {
    const name = `${gateway}|${merchantRef}`;
    const nowMs = this.clock.now().getTime();
    const known = this.remembered.get(name);
    if (known && known.untilMs > nowMs) return known.sets;
    const sets = await this.keys.ofMerchant(gateway, merchantRef);
    if (this.remembered.size >= merchantsMax) this.remembered.clear();
    this.remembered.set(name, { sets, untilMs: nowMs + rememberMs });
    return sets;
  }
}
