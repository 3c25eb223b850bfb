export { CampaignScreen } from './campaign-page';
