/** The six kinds of help: 筹工, 筹劳, 筹物, 筹资, 筹策划, 筹关注. */
export const KINDS = ['skilled_work', 'labour', 'goods', 'money', 'planning', 'attention'] as const;
export type Kind = (typeof KINDS)[number];

/**
 * What one unit of a kind is. Units are never added to each other: minutes of labour are no money, and the estimated
 * value of goods is never counted towards a sum.
 */
export const UNIT_OF_KIND = {
  skilled_work: 'minutes',
  labour: 'minutes',
  goods: 'pieces',
  money: 'fen',
  planning: 'plans',
  attention: 'households',
} as const satisfies Record<Kind, string>;
export type AskUnit = (typeof UNIT_OF_KIND)[Kind];

/** Work is promised in slots; the other kinds have none. */
export function takesSlots(kind: Kind): kind is 'skilled_work' | 'labour' {
  return kind === 'skilled_work' || kind === 'labour';
}
