import { Injectable } from '@nestjs/common';
import { Clock } from '@hehuo/kernel';
import { TokenBucket } from '../domain/token-bucket.js';

/** No process knows more merchants than this; beyond it the paces start anew. */
const merchantsMax = 1_000;

/** Keeps the refund calls of each merchant below what its gateway takes, in this process. */
@Injectable()
export class RefundPace {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly clock: Clock) {}

  mayCall(gateway: string, merchantRef: string, perSecond: number): boolean {
    const key = `${gateway}|${merchantRef}`;
    if (!this.buckets.has(key) && this.buckets.size >= merchantsMax) this.buckets.clear();
    const bucket = this.buckets.get(key) ?? new TokenBucket(perSecond, perSecond);
    this.buckets.set(key, bucket);
    return bucket.take(this.clock.now().getTime());
  }
}
