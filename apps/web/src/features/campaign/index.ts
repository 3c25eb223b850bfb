export { CampaignScreen } from './campaign-page';
export { matchesPart, objectionsPart } from './later';
export { NeighboursView } from './neighbours-view';
export { Outcome } from './outcome';
