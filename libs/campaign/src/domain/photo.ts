import type { Id } from '@hehuo/kernel';
import { CampaignError, type Flaw } from './errors.js';
import type { CampaignState } from './campaign.machine.js';
import { altCharactersMax, characters, photosMax } from './limits.js';

/** One photo of a campaign. The first of them is its cover. */
export interface Photo {
  readonly fileId: Id<'fil'>;
  /** What is to be seen, for whoever cannot see it. */
  readonly alt: string;
}

/**
 * At the desk, and while the campaign runs, when neighbours want to see how it goes. Not while it is judged or under
 * notice: what is looked at then stays as it is; not while staff have stopped it, and not when it is over.
 */
const PHOTO_STATES: readonly CampaignState[] = [
  ...(['draft', 'returned', 'open', 'closing', 'collecting', 'succeeded', 'delivering'] as const),
];

export function takesPhotos(state: CampaignState): boolean {
  return PHOTO_STATES.includes(state);
}

/** Throws `campaign_not_editable` while it is judged, and `campaign_frozen` when it is stopped or over. */
export function requireTakesPhotos(state: CampaignState): void {
  if (takesPhotos(state)) return;
  if (state === 'in_review' || state === 'notice') {
    const advice = 'take the campaign back first; then it is reviewed again';
    throw new CampaignError('campaign_not_editable', advice, { state });
  }
  throw new CampaignError('campaign_frozen', 'photos of this campaign are not changed any more', { state });
}

export function photoFlaws(photos: readonly Photo[]): Flaw[] {
  if (photos.length > photosMax) {
    return [{ pointer: '/photos', code: 'too_many', message: `at most ${photosMax} photos` }];
  }
  return photos.flatMap(({ fileId, alt }, at): Flaw[] => {
    const flaws: Flaw[] = [];
    if (alt.trim() === '' || characters(alt) > altCharactersMax) {
      const message = `say in 1 to ${altCharactersMax} characters what is to be seen`;
      flaws.push({ pointer: `/photos/${at}/alt`, code: 'length', message });
    }
    if (photos.findIndex((other) => other.fileId === fileId) < at) {
      flaws.push({
        pointer: `/photos/${at}/fileId`,
        code: 'photo_twice',
        message: 'this photo is there already',
      });
    }
    return flaws;
  });
}
