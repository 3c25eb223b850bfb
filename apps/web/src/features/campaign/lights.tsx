import { Plural, useLingui } from '@lingui/react/macro';
import { api } from '../../api/client';
import { left, moment } from '../../lib/dates';
import { Facade } from '../../ui/facade';
import type { CampaignPage } from './campaign';
import styles from './lights.module.css';

/** A small community is drawn home by home; of a large one, the homes that a campaign needs, and room to grow. */
const drawnWholeMax = 120;
const homesMin = 60;

export function useHomes({ asks, community, households }: CampaignPage): number {
  const params = { path: { id: community.id } };
  const { data } = api.useQuery('get', '/v1/communities/{id}', { params }, { staleTime: 600_000 });
  const all = data?.householdCount ?? 0;
  if (all > 0 && all <= drawnWholeMax) return Math.max(all, households);
  const wanted = Number(asks.find(({ unit }) => unit === 'households')?.wanted ?? 0);
  return Math.max(wanted, homesMin, Math.ceil(households * 1.25));
}

export function Lights({ campaign }: { readonly campaign: CampaignPage }) {
  const { t } = useLingui();
  const homes = useHomes(campaign);
  const { households, deadline, state } = campaign;
  const rest = state === 'open' && deadline ? left(deadline.at) : null;
  return (
    <section className={styles.lights} aria-label={t`支持进度`}>
      <Facade homes={homes} lit={households} />
      <div
        className={styles.numbers}
        role="progressbar"
        aria-label={t`亮灯的户数`}
        aria-valuemin={0}
        aria-valuemax={Math.max(homes, households)}
        aria-valuenow={households}
      >
        <p className={styles.lit}>
          <span className="num">{households}</span>
          <span>{t`户邻居亮了灯`}</span>
        </p>
        {rest && (
          <p>
            <span className="num">{rest.count}</span>
            <span>
              {rest.unit === 'days' && <Plural value={rest.count} one="天后截止" other="天后截止" />}
              {rest.unit === 'hours' && <Plural value={rest.count} one="小时后截止" other="小时后截止" />}
              {rest.unit === 'minutes' && <Plural value={rest.count} one="分钟后截止" other="分钟后截止" />}
            </span>
          </p>
        )}
      </div>
      {deadline && <p className={styles.deadline}>{t`截止：${moment(deadline.at, deadline.timeZone)}`}</p>}
    </section>
  );
}
