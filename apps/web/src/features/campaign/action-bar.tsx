import { useLingui } from '@lingui/react/macro';
import { Share2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../../ui/button';
import styles from './action-bar.module.css';
import type { CampaignPage } from './campaign';

// Sheets come with the kit for dialogs, which nobody needs to read the page.
const ChooseSheet = lazy(async () => ({ default: (await import('./choose-sheet')).ChooseSheet }));
const ShareSheet = lazy(async () => ({ default: (await import('./share-sheet')).ShareSheet }));

/** The dado: what one can do here, always at hand. */
export function ActionBar({ campaign }: { readonly campaign: CampaignPage }) {
  const { t } = useLingui();
  const [open, setOpen] = useState<'choose' | 'share' | null>(null);
  const isOpen = campaign.state === 'open';
  return (
    <div className={styles.bar} role="group" aria-label={t`参与`}>
      <button type="button" className={styles.tool} onClick={() => setOpen('share')}>
        <Share2 aria-hidden size={22} />
        {t`转给邻居`}
      </button>
      {isOpen && (
        <Button look="main" className={styles.act ?? ''} onClick={() => setOpen('choose')}>
          {t`我来搭把手`}
        </Button>
      )}
      {!isOpen && <p className={styles.closed}>{t`现在不收新的承诺。`}</p>}
      <Suspense fallback={null}>
        {open === 'choose' && <ChooseSheet campaign={campaign} onClose={() => setOpen(null)} />}
        {open === 'share' && <ShareSheet campaign={campaign} onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}
