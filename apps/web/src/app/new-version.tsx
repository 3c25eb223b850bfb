import { useLingui } from '@lingui/react/macro';
import { useRegisterSW } from 'virtual:pwa-register/react';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';

/** A new version waits for a tap: a page that reloads by itself would eat what is being written. */
export function NewVersion() {
  const { t } = useLingui();
  const { needRefresh, updateServiceWorker } = useRegisterSW();
  const [waiting, setWaiting] = needRefresh;
  if (!waiting) return null;
  return (
    <Banner
      tone="note"
      live
      title={t`有新版本，点一下更新。`}
      actions={
        <>
          <Button onClick={() => void updateServiceWorker(true)}>{t`更新`}</Button>
          <Button look="quiet" onClick={() => setWaiting(false)}>{t`先写完再说`}</Button>
        </>
      }
    />
  );
}
