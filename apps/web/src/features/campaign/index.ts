export { CampaignScreen } from './campaign-page';
export { useHomes } from './lights';
export { NeighboursView } from './neighbours-view';
