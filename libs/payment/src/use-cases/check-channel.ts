import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import type { Check, MerchantChannel } from '../domain/channel.js';
import { PaymentError } from '../domain/errors.js';
import type { ProbeFinding } from '../domain/findings.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { ChannelStore } from '../store/channel.store.js';
import { KeyStore } from '../store/key.store.js';
import { Gateways } from './gateway.port.js';

const detailMax = 60;

/**
 * Asks the gateway a question that changes nothing, under the keys in use or under proposed ones, and keeps what it
 * showed. The keys are seen to work in both directions: the gateway accepts our signature, and we can verify its own.
 */
@Injectable()
export class CheckChannel {
  constructor(
    private readonly channels: ChannelStore,
    private readonly keys: KeyStore,
    private readonly gateways: Gateways,
  ) {}

  /** What a person sees who asks; the newest proposal where there is one. Throws `channel_not_found`, `payment_forbidden`. */
  async onDemand(actor: Officer, channelId: Id<'chn'>): Promise<Check> {
    const channel = await this.channels.find(channelId);
    if (!channel) throw new PaymentError('channel_not_found', 'there is no such merchant channel');
    requireOneOf(actor, ['community_staff', 'fund_approver'], channel.communityId);
    const proposal = (await this.keys.revisions(channelId)).find(({ state }) => state === 'proposed');
    return this.check(channel, proposal?.revision ?? null);
  }

  /** The keys in use of one channel; what the sweeper does every few hours. */
  async execute(channelId: Id<'chn'>): Promise<void> {
    const channel = await this.channels.find(channelId);
    if (channel?.state === 'active') await this.check(channel, null);
  }

  private async check(channel: MerchantChannel, proposal: number | null): Promise<Check> {
    const current = (await this.keys.revisions(channel.id)).find(({ state }) => state === 'current');
    const revision = proposal ?? current?.revision ?? null;
    const stored = revision === null ? null : await this.keys.read(channel.id, revision);
    const found = await this.probe(channel, stored);
    if (revision !== null) await this.keys.noteCheck(channel.id, revision, found);
    if (proposal === null) await this.channels.noteCheck(channel.id, found);
    return found;
  }

  private async probe(
    channel: MerchantChannel,
    keys: Readonly<Record<string, string>> | null,
  ): Promise<Check> {
    const gateway = this.gateways.find(channel.gateway);
    if (!gateway) return { state: 'fails', detail: 'gateway_not_set_up', at: null };
    if (keys === null && gateway.capabilities.needsKeys)
      return { state: 'fails', detail: 'no_keys', at: null };
    return checkOf(await gateway.probe(channel.merchantRef, keys ?? {}));
  }
}

function checkOf(finding: ProbeFinding): Check {
  switch (finding.kind) {
    case 'works':
      return { state: 'works', detail: null, at: null };
    case 'refused':
      return { state: 'fails', detail: finding.code.slice(0, detailMax), at: null };
    case 'unknown':
      return { state: 'no_answer', detail: finding.why.slice(0, detailMax), at: null };
  }
}
