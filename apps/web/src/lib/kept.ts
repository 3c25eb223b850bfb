import { useCallback, useState } from 'react';

/** State that survives a reload and the way to the sign-in page and back, in this tab only. */
export function useKept<Value>(key: string, first: () => Value): [Value, (next: Value) => void, () => void] {
  const [value, setValue] = useState<Value>(() => {
    const text = sessionStorage.getItem(key);
    return text === null ? first() : (JSON.parse(text) as Value);
  });
  const keep = useCallback(
    (next: Value) => {
      sessionStorage.setItem(key, JSON.stringify(next));
      setValue(next);
    },
    [key],
  );
  const forget = useCallback(() => sessionStorage.removeItem(key), [key]);
  return [value, keep, forget];
}
