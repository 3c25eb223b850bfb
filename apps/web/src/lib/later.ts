import { useEffect, useState } from 'react';

const quietMs = 500;

/** A value once its writer has paused: what is typed is not asked for letter by letter. */
export function useLater<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), quietMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
