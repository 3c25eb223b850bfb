import { describe, expect, it } from '@jest/globals';
import { newId } from '@hehuo/kernel';
import { CAMPAIGN_MACHINE } from './campaign.machine.js';
import { altCharactersMax, photosMax } from './limits.js';
import { photoFlaws, requireTakesPhotos, takesPhotos } from './photo.js';

const photo = (alt = '楼道里的旧墙') => ({ fileId: newId('fil', 0), alt });
const flawsOf = (...photos: ReturnType<typeof photo>[]) =>
  photoFlaws(photos).map(({ pointer, code }) => `${pointer} ${code}`);

describe('photos of a campaign', () => {
  it('are as many as fit, each with words', () => {
    expect(flawsOf()).toEqual([]);
    expect(flawsOf(...Array.from({ length: photosMax }, () => photo()))).toEqual([]);
    expect(flawsOf(...Array.from({ length: photosMax + 1 }, () => photo()))).toEqual(['/photos too_many']);
    expect(flawsOf(photo('𠮷'.repeat(altCharactersMax)))).toEqual([]);
    expect(flawsOf(photo(), photo(' '), photo('字'.repeat(altCharactersMax + 1)))).toEqual([
      '/photos/1/alt length',
      '/photos/2/alt length',
    ]);
  });

  it('are each there once', () => {
    const one = photo();
    expect(flawsOf(one, photo(), one)).toEqual(['/photos/2/fileId photo_twice']);
  });

  it('change at the desk and while it runs, and say why not otherwise', () => {
    expect(CAMPAIGN_MACHINE.states.filter(takesPhotos)).toEqual([
      ...['draft', 'returned', 'open', 'closing', 'collecting', 'succeeded', 'delivering'],
    ]);
    const codeOf = (state: Parameters<typeof takesPhotos>[0]) => {
      try {
        requireTakesPhotos(state);
        return null;
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect((['draft', 'open', 'notice', 'in_review'] as const).map(codeOf)).toEqual([
      ...[null, null, 'campaign_not_editable', 'campaign_not_editable'],
    ]);
    expect((['suspended', 'failed', 'completed', 'cancelled'] as const).map(codeOf)).toEqual(
      Array(4).fill('campaign_frozen'),
    );
  });
});
