import type { DemoPledge } from './campaign-maker.js';

/** Residents `from` to `to` promise the same. */
function each(from: number, to: number, pledge: Omit<DemoPledge, 'by'>): DemoPledge[] {
  return Array.from({ length: to - from + 1 }, (_, at) => ({ by: from + at, ...pledge }));
}

/** Enough for every required ask, so that it succeeds; the others are partly met. */
export const CLEANUP_PLEDGES: readonly DemoPledge[] = [
  ...each(3, 7, { kind: 'labour' }),
  { by: 8, kind: 'labour', anonymous: true },
  { by: 9, kind: 'skilled_work' },
  { by: 10, kind: 'goods', quantity: 2n },
  { by: 11, kind: 'planning', text: '清出来以后画上跳房子格子，放两张长椅。' },
  ...each(12, 26, { kind: 'attention' }),
];

/** On the way: some asks are met, the money is not. */
export const FLOWERS_PLEDGES: readonly DemoPledge[] = [
  ...each(3, 6, { kind: 'money', quantity: 20_000n }),
  { by: 7, kind: 'money', quantity: 50_000n, anonymous: true },
  ...each(8, 10, { kind: 'labour' }),
  { by: 11, kind: 'skilled_work' },
  { by: 12, kind: 'goods', quantity: 4n },
  { by: 13, kind: 'planning', text: '种月季和薄荷，按单元轮流浇水。' },
  ...each(14, 20, { kind: 'attention' }),
];

export const BENCHES_PLEDGES: readonly DemoPledge[] = [
  { by: 1, kind: 'money', quantity: 10_000n },
  ...each(3, 6, { kind: 'money', quantity: 10_000n }),
  { by: 7, kind: 'money', quantity: 10_000n, anonymous: true },
  ...each(8, 12, { kind: 'labour' }),
];

/** Four people of two hours each. */
export const HANDS_ENOUGH: readonly DemoPledge[] = each(13, 16, { kind: 'labour' });
export const HANDS_TOO_FEW: readonly DemoPledge[] = each(17, 20, { kind: 'labour' });
