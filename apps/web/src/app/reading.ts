import { useSyncExternalStore } from 'react';

export type Elder = '' | '1' | '2';

/** How somebody reads on this device. public/reading.js puts it on the page before the first paint. */
export interface Reading {
  readonly elder: Elder;
  readonly contrast: boolean;
}

const listeners = new Set<() => void>();
const root = document.documentElement;
let current: Reading = {
  elder: (root.dataset.elder ?? '') as Elder,
  contrast: root.dataset.contrast === 'more',
};

function keep(key: string, value: string): void {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch (error) {
    // Private windows of some browsers forbid it: the choice then lasts as long as the page.
    console.info(error);
  }
}

export function read(change: Partial<Reading>): void {
  current = { ...current, ...change };
  if (current.elder) root.dataset.elder = current.elder;
  else delete root.dataset.elder;
  if (current.contrast) root.dataset.contrast = 'more';
  else delete root.dataset.contrast;
  keep('elder', current.elder);
  keep('contrast', current.contrast ? 'more' : '');
  for (const listener of listeners) listener();
}

export const rememberLanguage = (locale: string): void => keep('language', locale);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useReading = (): Reading => useSyncExternalStore(subscribe, () => current);
