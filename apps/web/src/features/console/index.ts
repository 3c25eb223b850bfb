export { ConsolePage } from './console-page';
