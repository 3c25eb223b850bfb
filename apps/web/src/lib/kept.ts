import { useCallback, useState } from 'react';

const prefix = 'kept:';

/** State that survives a reload, a closed tab, and the way to the sign-in page and back; on this device only. */
export function useKept<Value extends object>(
  key: string,
  first: () => Value,
): [Value, (next: Value | ((now: Value) => Value)) => void, () => void] {
  const name = prefix + key;
  const [value, setValue] = useState<Value>(() => {
    const text = localStorage.getItem(name);
    return text === null ? first() : (JSON.parse(text) as Value);
  });
  const keep = useCallback(
    (change: Value | ((now: Value) => Value)) =>
      setValue((now) => {
        const next = typeof change === 'function' ? change(now) : change;
        localStorage.setItem(name, JSON.stringify(next));
        return next;
      }),
    [name],
  );
  const forget = useCallback(() => localStorage.removeItem(name), [name]);
  return [value, keep, forget];
}

/** What somebody wrote is theirs: whoever uses the device after them must not find it. */
export function forgetAllKept(): void {
  for (const name of Object.keys(localStorage)) if (name.startsWith(prefix)) localStorage.removeItem(name);
}
