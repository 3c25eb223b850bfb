import { useSyncExternalStore } from 'react';

/** The community that a reader looks at, kept on the device: visitors choose one, members start with their own. */
const key = 'community';
const listeners = new Set<() => void>();
let chosen: string | null = readKept();

function readKept(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function chooseCommunity(id: string): void {
  chosen = id;
  try {
    localStorage.setItem(key, id);
  } catch (error) {
    console.info(error);
  }
  for (const listener of listeners) listener();
}

export function useCommunityId(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen,
  );
}
