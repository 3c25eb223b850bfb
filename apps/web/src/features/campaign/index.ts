export { CampaignScreen } from './campaign-page';
export { Matches, Objections } from './later';
export { NeighboursView } from './neighbours-view';
export { Outcome } from './outcome';
