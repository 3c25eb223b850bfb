export { StartPage } from './start-page';
export { WizardPage } from './wizard';
