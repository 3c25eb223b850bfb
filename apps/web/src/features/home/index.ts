export { CommunitiesPage } from './communities';
export { HelpPage } from './help';
export { CommunityPage, HomePage } from './home';
export { PrivacyPage } from './privacy';
