export { CampaignBookPage, CommunityBookPage } from './book-pages';
export { LinePage } from './line-page';
export { MyPaymentsPage } from './my-payments';
export { PayPage } from './pay-page';
export { StatementPage, StatementsPage } from './statements';
export { ThreadPage, ThreadsPage } from './threads';
