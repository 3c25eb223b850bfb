import { defineMachine, type Id, type Machine } from '@hehuo/kernel';
import { refuseFlaws } from './errors.js';
import { characters, needTextCharactersMax, placeCharactersMax, titleCharactersMax } from './limits.js';

export type NeedState = 'open' | 'grown' | 'closed';
export type NeedEvent = 'grow' | 'close' | 'reopen';

/** A need grows into one campaign; when that campaign is thrown away before anybody saw it, the need is open again. */
export const NEED_MACHINE: Machine<NeedState, NeedEvent> = defineMachine<NeedState, NeedEvent>(
  'need',
  'open',
  {
    open: { grow: 'grown', close: 'closed' },
    grown: { reopen: 'open' },
    closed: {},
  },
);

/** "This is missing here", with the households that say so too. */
export interface Need {
  readonly id: Id<'ned'>;
  readonly communityId: Id<'com'>;
  readonly raisedBy: Id<'per'>;
  readonly title: string;
  readonly text: string;
  readonly placeText: string;
  readonly state: NeedState;
  /** Verified households that said "me too", the raiser's own included. */
  readonly echoCount: number;
  readonly campaignId: Id<'cmp'> | null;
  readonly version: number;
  readonly createdAt: Date;
}

/** Throws `campaign_field_invalid` with every field that is empty or too long. */
export function checkNeed(need: Pick<Need, 'title' | 'text' | 'placeText'>): void {
  const limits = [
    ['title', need.title, 1, titleCharactersMax],
    ['text', need.text, 1, needTextCharactersMax],
    ['placeText', need.placeText, 0, placeCharactersMax],
  ] as const;
  refuseFlaws(
    'campaign_field_invalid',
    limits
      .filter(([, text, min, max]) => characters(text.trim()) < min || characters(text) > max)
      .map(([field, , min, max]) => ({
        pointer: `/${field}`,
        code: 'length',
        message: `${field} takes ${min} to ${max} characters`,
      })),
  );
}
