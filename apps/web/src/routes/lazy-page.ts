import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
import { wordsOf } from '../app/words';

/** A screen that comes with its own code and its own words when somebody goes there. */
export function lazyPage<Pages extends Record<string, unknown>>(
  feature: string,
  pages: () => Promise<Pages>,
  name: keyof Pages & string,
): RouteComponent {
  return lazyRouteComponent(async () => {
    const [module] = await Promise.all([pages(), wordsOf(feature)]);
    return module as Record<string, RouteComponent>;
  }, name);
}
