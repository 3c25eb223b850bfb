export { NoticePage } from './notice-page';
export { PosterPage } from './poster-page';
