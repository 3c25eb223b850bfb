export { CampaignScreen } from './campaign-page';
export { useHomes } from './lights';
