export { MyCampaignsPage } from './my-campaigns';
export { MyPledgesPage } from './my-pledges';
