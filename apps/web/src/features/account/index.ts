export { JoinPage } from './join';
export { MePage } from './me';
export { MyPledgesPage } from './my-pledges';
export { SettingsPage } from './settings';
export { SignInPage } from './sign-in';
export { MyCampaignsPage } from './my-campaigns';
