import { createRoute } from '@tanstack/react-router';
import { lazyPage } from './lazy-page';
import { root } from './root';

/** The public book and what one pays. */
const book = () => import('../features/book');

const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

export const moneyRoutes = [
  createRoute({ ...at('/book'), component: lazyPage('book', book, 'BookPage') }),
] as const;
