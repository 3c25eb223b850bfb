import { moneyPledgeFenMin } from '../limits.js';
import { PledgeError } from '../pledge-errors.js';
import type { OpenAsk } from '../pledge.js';
import { givenQuantity, type KindRules } from './kind-rules.js';

/** 筹资: fen. From 18 years on, because a gift is no pure benefit (Civil Code §§19, 145). */
export const money: KindRules = {
  quantityOf: (request, ask) => {
    const quantity = givenQuantity(request);
    const least = leastOf(ask);
    if (quantity >= least) return quantity;
    throw new PledgeError('pledge_too_small', `at least ${least} fen in one pledge`, { least: `${least}` });
  },
  ages: ['adult'],
  oncePerHousehold: false,
  firstState: (mode) => (mode === 'pay_now' ? 'awaiting_payment' : 'promised'),
  onSuccess: 'pay',
  onFailure: 'owe_refund',
};

/** One yuan, or less where the ask itself leaves less: its own limits, or the last of its room. */
function leastOf({ cap, reserved, perPledgeMax, perPersonMax }: OpenAsk): bigint {
  const room = cap === null ? null : cap - reserved;
  return [perPledgeMax, perPersonMax, room].reduce<bigint>(
    (least, limit) => (limit !== null && limit < least ? limit : least),
    moneyPledgeFenMin,
  );
}
