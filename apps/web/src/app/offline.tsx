import { useLingui } from '@lingui/react/macro';
import { useSyncExternalStore } from 'react';
import { time } from '../lib/dates';
import { Banner } from '../ui/banner';
import { useIsLate } from './live';

/** When the line broke, in milliseconds since 1970; null while there is one. */
let brokenAt: number | null = null;

/** Then everything on the page is what the phone had kept, of whatever time. */
const openedWithout = !navigator.onLine;

const now = (): number => performance.timeOrigin + performance.now();

function since(): number | null {
  if (navigator.onLine) brokenAt = null;
  else brokenAt ??= now();
  return brokenAt;
}

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

export const useIsOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);

/** Says that what is on the page may be old, and of when it is. */
export function Offline() {
  const { t } = useLingui();
  const broken = useSyncExternalStore(subscribe, since);
  const late = useIsLate();
  if (broken !== null) {
    const at = time(new Date(broken).toISOString());
    const words = openedWithout
      ? t`没有网络，看到的是上次打开时的内容。`
      : t`没有网络，看到的是 ${at} 的内容。`;
    return <Banner tone="warn" live title={words} />;
  }
  return late ? <Banner tone="note" live title={t`更新可能晚一点。`} /> : null;
}
