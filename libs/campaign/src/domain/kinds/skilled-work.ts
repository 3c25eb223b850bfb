import { slotQuantity, type KindRules } from './kind-rules.js';

/** 筹工: a trade or a profession, in minutes of a slot. */
export const skilledWork: KindRules = {
  quantityOf: slotQuantity,
  ages: ['adult'],
  oncePerHousehold: false,
  firstState: () => 'promised',
  onSuccess: 'confirm',
  onFailure: 'release',
};
