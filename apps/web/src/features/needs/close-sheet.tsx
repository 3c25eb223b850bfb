import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { Button } from '../../ui/button';
import { TextArea } from '../../ui/field';
import { Sheet } from '../../ui/sheet';
import { Trouble } from '../../ui/trouble';
import styles from './needs.module.css';

interface CloseSheetProps {
  readonly needId: string;
  readonly onClose: () => void;
}

/** Closing a need that is met or was a mistake, with the reason that everybody reads. */
export function CloseSheet({ needId, onClose }: CloseSheetProps) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const close = api.useMutation('post', '/v1/needs/{id}/close', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries();
    },
  });
  return (
    <Sheet title={t`收起这一件`} onClose={onClose}>
      <TextArea
        label={t`为什么`}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.target.value)}
      />
      {close.error && <Trouble error={close.error} />}
      <div className={styles.actions}>
        <Button
          look="main"
          busy={close.isPending}
          onClick={() => close.mutate({ params: { path: { id: needId } }, body: { reason: reason.trim() } })}
        >
          {t`收起`}
        </Button>
        <Button onClick={onClose}>{t`再想想`}</Button>
      </div>
    </Sheet>
  );
}
