import { createRootRouteWithContext } from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { Shell } from '../app/shell';
import { Lost, Broken } from '../app/lost';

export const root = createRootRouteWithContext<{ readonly queries: QueryClient }>()({
  component: Shell,
  notFoundComponent: Lost,
  errorComponent: Broken,
});
