export { CampaignFundsPage } from './campaign-funds';
export { FundsPage } from './funds-page';
export { PayoutPage } from './payout-page';
export { ProposePayoutPage } from './propose-payout';
