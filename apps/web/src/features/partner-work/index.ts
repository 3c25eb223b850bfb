export { AddEvidence } from './add-evidence';
export { MyPartnerPage } from './my-partner-page';
export { ApplyPage, MyPartnersPage } from './my-partners-page';
export { PartnerFacts, PartnerMark } from './partner-facts';
