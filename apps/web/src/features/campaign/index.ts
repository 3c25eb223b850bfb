export { CampaignScreen } from './campaign-page';
export { NeighboursView } from './neighbours-view';
