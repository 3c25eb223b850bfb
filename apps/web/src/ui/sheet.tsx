import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import styles from './sheet.module.css';

interface SheetProps {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  /** Something is typed in it: a whole page on a phone, whose keyboard covers what rises from below. */
  readonly typing?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Rises from below on a phone, stands in the middle of a desk, and is a whole page in large letters. */
export function Sheet({ title, lead, typing, onClose, children }: SheetProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.veil} />
        <Dialog.Popup className={`${styles.sheet} ${typing ? styles.typing : ''}`}>
          <Dialog.Title className={styles.title}>{title}</Dialog.Title>
          {lead && <Dialog.Description className={styles.lead}>{lead}</Dialog.Description>}
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
