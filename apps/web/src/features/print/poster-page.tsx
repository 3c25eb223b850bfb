import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { useHomes } from '../../app/homes';
import { Facade } from '../../ui/facade';
import { Plate } from '../../ui/plate';
import { Paper, type Campaign } from './paper';
import styles from './paper.module.css';
import { ScanIt, StillMissing, Until } from './parts';

/** For a door or a shop window: the house with its lit windows, seen from across the street. */
export function PosterPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/c/$id/poster' });
  return (
    <Paper id={id} name={t`海报`} look="poster">
      {(campaign) => <Poster campaign={campaign} />}
    </Paper>
  );
}

function Poster({ campaign }: { readonly campaign: Campaign }) {
  const homes = useHomes(campaign);
  const { community, title, lead, households } = campaign;
  const lit = plural(households, { one: '# 户邻居亮了灯', other: '# 户邻居亮了灯' });
  return (
    <>
      <p className={styles.kicker}>
        <Plate>{community.name}</Plate>
      </p>
      <h1 tabIndex={-1}>{title}</h1>
      <p className={styles.lead}>{lead}</p>
      <div className={styles.house}>
        <Facade homes={homes} lit={households} />
        <p>{lit}</p>
      </div>
      <div className={styles.below}>
        <div>
          <StillMissing campaign={campaign} />
          <Until campaign={campaign} />
        </div>
        <ScanIt campaign={campaign} />
      </div>
    </>
  );
}
