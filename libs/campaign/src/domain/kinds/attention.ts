import { countedOne, refuseText, type KindRules } from './kind-rules.js';

/** 筹关注: a verified household says that it matters. It counts whatever becomes of the campaign. */
export const attention: KindRules = {
  quantityOf: (request) => {
    refuseText(request);
    return countedOne(request);
  },
  ages: ['adult', 'teen'],
  oncePerHousehold: true,
  firstState: () => 'promised',
  onSuccess: 'count',
  onFailure: 'count',
};
