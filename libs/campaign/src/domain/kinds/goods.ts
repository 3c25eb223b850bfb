import { givenQuantity, type KindRules } from './kind-rules.js';

/** 筹物: pieces, given or lent. Their estimated value is never added to the money. */
export const goods: KindRules = {
  quantityOf: givenQuantity,
  ages: ['adult'],
  oncePerHousehold: false,
  firstState: () => 'promised',
  onSuccess: 'hand_over',
  onFailure: 'release',
};
