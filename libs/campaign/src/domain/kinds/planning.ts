import { countedOne, invalid, type KindRules } from './kind-rules.js';

/** 筹策划: one idea or draft each, credited to its author even when the campaign fails. */
export const planning: KindRules = {
  quantityOf: (request) => {
    if (!request.text?.trim()) invalid('idea_missing');
    return countedOne(request);
  },
  ages: ['adult', 'teen'],
  oncePerHousehold: false,
  firstState: () => 'promised',
  onSuccess: 'adopt',
  onFailure: 'archive',
};
