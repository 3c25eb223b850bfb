export { CommunitiesPage } from './communities';
export { HelpPage } from './help';
export { HomePage } from './home';
export { PrivacyPage } from './privacy';
