import { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { isPassing } from './api/problem';
import { consoleRoutes } from './routes/console';
import { moneyRoutes } from './routes/money';
import { neighbourRoutes } from './routes/neighbours';
import { organiserRoutes } from './routes/organiser';
import { partnerRoutes } from './routes/partner';
import { root } from './routes/root';

export const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry: (failures, error) => failures < 2 && isPassing(error) },
    mutations: { retry: false },
  },
});

export const router = createRouter({
  routeTree: root.addChildren([
    ...neighbourRoutes,
    ...organiserRoutes,
    ...moneyRoutes,
    ...partnerRoutes,
    ...consoleRoutes,
  ]),
  context: { queries },
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
