export { LitPage } from './lit-page';
export { PledgePage } from './pledge-page';
