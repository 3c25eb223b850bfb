export { PartnerPage, PartnersPage } from './partners-page';
