import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Trusted } from '@hehuo/community';
import { hasRole, type Actor } from '@hehuo/identity';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { CampaignError } from '../domain/errors.js';
import { isPublic } from '../domain/campaign.machine.js';
import { PledgeError } from '../domain/pledge-errors.js';
import type { Pledge, PledgeRequest } from '../domain/pledge.js';
import { CampaignStore } from '../store/campaign.store.js';
import { AdmitPledges } from './admit-pledges.js';
import { Batcher } from './pledge-batcher.js';

const batchItemsMax = 200;
const queueItemsMax = 2_000;

export interface PlacePledgeInput {
  readonly actor: Actor;
  readonly campaignId: Id<'cmp'>;
  readonly askId: Id<'ask'>;
  readonly slotId: Id<'slt'> | null;
  readonly places: number;
  readonly quantity: bigint | null;
  readonly text: string | null;
  readonly anonymous: boolean;
  /** Entered for somebody who cannot or will not do it on a phone, with how they agreed. */
  readonly onBehalfOf: { readonly personId: Id<'per'>; readonly consentEvidence: string } | null;
  readonly idempotencyKey: string;
  readonly requestHash: string;
}

/** Promises help to one ask. The same key gives the same pledge, whatever was lost on the way. */
@Injectable()
export class PlacePledge {
  private readonly batcher: Batcher<PledgeRequest, Pledge>;

  constructor(
    admitPledges: AdmitPledges,
    private readonly unitOfWork: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly trusted: Trusted,
  ) {
    this.batcher = new Batcher(
      (campaignId, requests) => admitPledges.execute(campaignId as Id<'cmp'>, requests),
      {
        batchItemsMax,
        queueItemsMax,
      },
    );
  }

  async execute(input: PlacePledgeInput): Promise<Pledge> {
    const { actor, onBehalfOf } = input;
    if (onBehalfOf) await this.mayActFor(input);
    return this.batcher.submit(input.campaignId, {
      campaignId: input.campaignId,
      askId: input.askId,
      slotId: input.slotId,
      places: input.places,
      quantity: input.quantity,
      text: input.text,
      anonymous: input.anonymous,
      personId: onBehalfOf?.personId ?? actor.personId,
      submittedBy: actor.personId,
      consentEvidence: onBehalfOf?.consentEvidence ?? null,
      onceHash: hash('sha256', `${actor.personId}|${input.idempotencyKey}`, 'base64url'),
      requestHash: input.requestHash,
    });
  }

  /** Answers everything that was taken and takes nothing new. Called when the process is about to stop. */
  drain(): Promise<void> {
    return this.batcher.drain();
  }

  private async mayActFor({ actor, campaignId }: PlacePledgeInput): Promise<void> {
    const campaign = await this.campaigns.find(campaignId);
    if (!campaign || !isPublic(campaign))
      throw new CampaignError('campaign_not_found', 'there is no such campaign');
    const { communityId } = campaign;
    if (hasRole(actor, 'community_staff', communityId)) return;
    const trusted = await this.unitOfWork.run((tx) =>
      this.trusted.isTrusted(tx, communityId, actor.personId),
    );
    if (!trusted) {
      throw new PledgeError(
        'pledge_on_behalf_refused',
        'only community staff and trusted neighbours can pledge for somebody else; ask the community office',
      );
    }
  }
}
