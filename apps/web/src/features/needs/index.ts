export { NeedPage } from './need-page';
export { NeedsPage } from './needs-page';
export { RaiseNeedPage } from './raise-need-page';
