import { useLingui } from '@lingui/react/macro';
import { Button, ButtonLink } from '../../ui/button';
import { KIND, kindOf } from '../../ui/kinds';
import { Seal } from '../../ui/seal';
import { Sheet } from '../../ui/sheet';
import styles from './action-bar.module.css';
import { hasRoom } from './asks';
import type { CampaignPage } from './campaign';

interface ChooseSheetProps {
  readonly campaign: CampaignPage;
  readonly onClose: () => void;
}

/** Which kind of help: what is still open, one tap each. */
export function ChooseSheet({ campaign, onClose }: ChooseSheetProps) {
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
