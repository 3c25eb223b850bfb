export { NeedsPage } from './needs-page';
