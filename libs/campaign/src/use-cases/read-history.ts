import { Injectable } from '@nestjs/common';
import { ReadPeople, type Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { StateLogReader } from '@hehuo/platform';
import type { ObjectionState } from '../domain/objection.js';
import type { ReviewItem, Verdict } from '../domain/review.js';
import { CampaignStore } from '../store/campaign.store.js';
import { ObjectionStore } from '../store/objection.store.js';
import { ReviewStore } from '../store/review.store.js';
import { isOrganiser, isStaff, seenBy } from './access.js';
import { CampaignError } from '../domain/errors.js';

export interface LogLine {
  readonly id: string;
  readonly from: string | null;
  readonly to: string;
  readonly event: string;
  /** A masked name, or null where a job of the platform did it. */
  readonly actor: string | null;
  readonly reason: string | null;
  readonly at: Date;
}

export interface ObjectionView {
  readonly id: Id<'obj'>;
  readonly round: number;
  readonly by: string;
  /** Whether the reader wrote it. */
  readonly mine: boolean;
  readonly text: string;
  readonly state: ObjectionState;
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly createdAt: Date;
}

export interface ReviewLine {
  readonly round: number;
  readonly item: ReviewItem;
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly reviewer: string;
  readonly at: Date;
}

/** What happened to a campaign and who said what about it, with names masked. */
@Injectable()
export class ReadHistory {
  constructor(
    private readonly campaigns: CampaignStore,
    private readonly log: StateLogReader,
    private readonly objectionStore: ObjectionStore,
    private readonly reviewStore: ReviewStore,
    private readonly people: ReadPeople,
  ) {}

  /** Newest first; `before` is the id of the last line of the page before. */
  async logPage(
    campaignId: Id<'cmp'>,
    actor: Actor | null,
    page: { readonly before: string | null; readonly limit: number },
  ): Promise<LogLine[]> {
    seenBy(await this.campaigns.find(campaignId), actor);
    const entries = await this.log.page(campaignId, page.before, page.limit);
    const names = await this.masked(entries.map((entry) => entry.actor));
    return entries.map(({ id, from, to, event, actor: by, reason, at }) => ({
      id,
      from,
      to,
      event,
      actor: names(by),
      reason,
      at,
    }));
  }

  async objections(
    campaignId: Id<'cmp'>,
    actor: Actor | null,
    page: { readonly before: Id<'obj'> | null; readonly limit: number },
  ): Promise<ObjectionView[]> {
    seenBy(await this.campaigns.find(campaignId), actor);
    const found = await this.objectionStore.list(campaignId, page.before, page.limit);
    const names = await this.masked(found.flatMap(({ personId, answeredBy }) => [personId, answeredBy]));
    return found.map(({ personId, answeredBy, campaignId: _, ...objection }) => ({
      ...objection,
      round: Number(objection.round),
      by: names(personId) ?? '',
      mine: personId === actor?.personId,
      answeredBy: names(answeredBy),
    }));
  }

  /** The verdicts of every round, for the organiser and for staff. */
  async reviews(campaignId: Id<'cmp'>, actor: Actor): Promise<ReviewLine[]> {
    const campaign = seenBy(await this.campaigns.find(campaignId), actor);
    if (!isOrganiser(campaign, actor) && !isStaff(campaign, actor)) {
      throw new CampaignError('campaign_forbidden', 'the review is between the organiser and staff');
    }
    const entries = await this.reviewStore.all(campaignId);
    const names = await this.masked(entries.map(({ reviewerId }) => reviewerId));
    return entries.map(({ reviewerId, ...entry }) => ({
      ...entry,
      round: Number(entry.round),
      reviewer: names(reviewerId) ?? '',
    }));
  }

  /** Who verified the campaign and when it was put before the neighbours; null before that. */
  async approval(campaignId: Id<'cmp'>): Promise<{ readonly by: string | null; readonly at: Date } | null> {
    const approval = await this.log.latest(campaignId, 'approve');
    if (!approval) return null;
    const names = await this.masked([approval.actor]);
    return { by: names(approval.actor), at: approval.at };
  }

  private async masked(actors: readonly (string | null)[]): Promise<(actor: string | null) => string | null> {
    const ids = actors.filter((actor): actor is Id<'per'> => isId('per', actor));
    const names =
      ids.length > 0 ? await this.people.names([...new Set(ids)]) : new Map<Id<'per'>, { masked: string }>();
    return (actor) => (isId('per', actor) ? (names.get(actor)?.masked ?? null) : null);
  }
}
