import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';

export type Draft = Schemas['CampaignPageView'];

/** Each of the six questions is shown the draft that it is about. */
export interface StepProps {
  readonly draft: Draft;
}

/** Where a draft stands: each change names the version that it was made from, and gets the next one. */
export interface At {
  readonly id: string;
  readonly version: number;
}

async function next(id: string, answer: Parameters<typeof must<Schemas['CampaignHead']>>[0]): Promise<At> {
  return { id, version: (await must(answer)).version };
}

const from = ({ id, version }: At) => ({ path: { id }, header: { 'If-Match': `"${version}"` } });

export const put = {
  story: (at: At, body: Schemas['StoryBody']) =>
    next(at.id, http.PUT('/v1/campaigns/{id}/story', { params: from(at), body })),
  photos: (at: At, body: Schemas['PhotosBody']) =>
    next(at.id, http.PUT('/v1/campaigns/{id}/photos', { params: from(at), body })),
  place: (at: At, body: Schemas['PlaceBody']) =>
    next(at.id, http.PUT('/v1/campaigns/{id}/place', { params: from(at), body })),
  goal: (at: At, body: Schemas['GoalBody']) =>
    next(at.id, http.PUT('/v1/campaigns/{id}/goal', { params: from(at), body })),
  plan: (at: At, body: Schemas['PlanBody']) =>
    next(at.id, http.PUT('/v1/campaigns/{id}/plan', { params: from(at), body })),
  milestones: (at: At, body: Schemas['MilestonesBody']) =>
    next(at.id, http.PUT('/v1/campaigns/{id}/milestones', { params: from(at), body })),
  costs: (at: At, body: Schemas['CostsBody']) =>
    next(at.id, http.PUT('/v1/campaigns/{id}/costs', { params: from(at), body })),
  rules: (at: At, body: Schemas['RulesBody']) =>
    next(at.id, http.PUT('/v1/campaigns/{id}/rules', { params: from(at), body })),
};

/** The rules of a draft as they stand, for a step that changes a part of them. */
export function rulesOf({ money, policies, deadline, extension }: Draft): Schemas['RulesBody'] {
  return {
    legalType: money.legalType as Schemas['RulesBody']['legalType'],
    externalUrl: money.externalUrl,
    paymentMode: money.paymentMode as Schemas['RulesBody']['paymentMode'],
    failurePolicy: policies.failure.code as Schemas['RulesBody']['failurePolicy'],
    surplusPolicy: policies.surplus.code as Schemas['RulesBody']['surplusPolicy'],
    scopeChangePolicy: policies.scopeChange.code as Schemas['RulesBody']['scopeChangePolicy'],
    deadline: deadline?.local ?? null,
    collectionHours: money.collectionHours,
    extension: { daysMax: extension.daysMax, reachedPercent: extension.reachedPercent },
  };
}
