import { keepOnDevice, keptOnDevice, pageState } from '../lib/page-state';

/** The community that a reader looks at, kept on the device: visitors choose one, members start with their own. */
const key = 'community';
const chosen = pageState(keptOnDevice(key));

export function chooseCommunity(id: string): void {
  chosen.set(id);
  keepOnDevice(key, id);
}

export const useCommunityId = (): string | null => chosen.use();
