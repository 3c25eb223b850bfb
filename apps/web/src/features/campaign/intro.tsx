import { useLingui } from '@lingui/react/macro';
import { date } from '../../lib/dates';
import { Plate, Stamp } from '../../ui/plate';
import { ReadAloud } from '../../ui/read-aloud';
import type { CampaignPage } from './campaign';
import styles from './intro.module.css';

export function Intro({ campaign }: { readonly campaign: CampaignPage }) {
  const { t } = useLingui();
  const { title, lead, organiser, verified, openedAt, community, placeText } = campaign;
  return (
    <header className={styles.intro}>
      <p className={styles.kicker}>
        {verified && <Stamp>{t`社区已核实`}</Stamp>}
        <span>{t`${organiser} 发起`}</span>
        {openedAt && <span className={styles.day}>{date(openedAt)}</span>}
      </p>
      <h1 tabIndex={-1}>{title}</h1>
      <p className={styles.lead}>{lead}</p>
      <p className={styles.where}>
        <Plate>{community.name}</Plate>
        <span>{placeText}</span>
      </p>
      <ReadAloud text={[title, lead, campaign.story, campaign.plan].join('。')} />
    </header>
  );
}
