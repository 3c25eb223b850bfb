import { fenToYuan } from '@hehuo/kernel';
import type { Unit } from '@hehuo/ledger';

interface UnitText {
  /** Stands in the head of a column. */
  readonly name: string;
  show(quantity: bigint): string;
}

const whole = (quantity: bigint): string => quantity.toString();

export const UNIT_TEXT: Readonly<Record<Unit, UnitText>> = {
  fen: { name: 'yuan', show: fenToYuan },
  fen_promised: { name: 'yuan promised', show: fenToYuan },
  minutes: { name: 'minutes', show: whole },
  pieces: { name: 'pieces', show: whole },
  plans: { name: 'plans', show: whole },
  households: { name: 'households', show: whole },
};

/** Blank for nothing: a column of zeros hides the lines that moved something. */
export function shownOrBlank(unit: Unit, quantity: bigint): string {
  return quantity === 0n ? '' : UNIT_TEXT[unit].show(quantity);
}
