import { useLingui } from '@lingui/react/macro';
import { Share2 } from 'lucide-react';
import { useState } from 'react';
import { Button, ButtonLink } from '../../ui/button';
import { KIND, kindOf } from '../../ui/kinds';
import { Seal } from '../../ui/seal';
import { Sheet } from '../../ui/sheet';
import styles from './action-bar.module.css';
import { hasRoom } from './asks';
import type { CampaignPage } from './campaign';
import { ShareSheet } from './share-sheet';

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
      {open === 'choose' && <Choose campaign={campaign} onClose={() => setOpen(null)} />}
      {open === 'share' && <ShareSheet campaign={campaign} onClose={() => setOpen(null)} />}
    </div>
  );
}

function Choose({ campaign, onClose }: { readonly campaign: CampaignPage; readonly onClose: () => void }) {
  const { t, i18n } = useLingui();
  const free = campaign.asks.filter(hasRoom);
  return (
    <Sheet title={t`您想怎么帮？`} lead={t`挑一样就好，量力而行。`} onClose={onClose}>
      <ul className={styles.choices}>
        {free.map((ask) => (
          <li key={ask.id}>
            <ButtonLink
              to="/c/$id/pledge/$ask"
              params={{ id: campaign.id, ask: ask.id }}
              className={styles.choice ?? ''}
            >
              <Seal kind={kindOf(ask.kind)} />
              <span>
                <b>{i18n._(KIND[kindOf(ask.kind)].offer)}</b>
                <small>{ask.title}</small>
              </span>
            </ButtonLink>
          </li>
        ))}
      </ul>
      <Button look="quiet" onClick={onClose}>{t`再想想`}</Button>
    </Sheet>
  );
}
