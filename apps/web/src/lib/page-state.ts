import { useSyncExternalStore } from 'react';

/** A value of the whole page: set from anywhere, and components that read it are shown anew. */
export interface PageState<Value> {
  get(): Value;
  set(value: Value): void;
  use(): Value;
}

export function pageState<Value>(first: Value): PageState<Value> {
  let current = first;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const get = (): Value => current;
  const set = (value: Value): void => {
    if (Object.is(value, current)) return;
    current = value;
    for (const listener of listeners) listener();
  };
  return { get, set, use: () => useSyncExternalStore(subscribe, get) };
}

/** What the device keeps; null where there is nothing, or where the browser forbids it, as some private windows do. */
export function keptOnDevice(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a choice on the device, or forgets it. Where the browser forbids it, the choice lasts as long as the page. */
export function keepOnDevice(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch (error) {
    console.info(error);
  }
}
