import { slotQuantity, type KindRules } from './kind-rules.js';

/** 筹劳: hands, in minutes of a slot. Teenagers help in person only with a guardian, who enters it for both. */
export const labour: KindRules = {
  quantityOf: slotQuantity,
  ages: ['adult'],
  oncePerHousehold: false,
  firstState: () => 'promised',
  onSuccess: 'confirm',
  onFailure: 'release',
};
