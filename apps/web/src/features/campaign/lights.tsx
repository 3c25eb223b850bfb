import { Plural, useLingui } from '@lingui/react/macro';
import { useHomes } from '../../app/homes';
import { left, moment } from '../../lib/dates';
import { Facade } from '../../ui/facade';
import type { CampaignPage } from './campaign';
import styles from './lights.module.css';

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
