import { givenQuantity, type KindRules } from './kind-rules.js';

/** 筹资: fen. From 18 years on, because a gift is no pure benefit (Civil Code §§19, 145). */
export const money: KindRules = {
  quantityOf: givenQuantity,
  ages: ['adult'],
  oncePerHousehold: false,
  firstState: (mode) => (mode === 'pay_now' ? 'awaiting_payment' : 'promised'),
  onSuccess: 'pay',
  onFailure: 'owe_refund',
};
