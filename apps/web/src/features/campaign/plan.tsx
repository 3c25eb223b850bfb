import { useLingui } from '@lingui/react/macro';
import { day } from '../../lib/dates';
import type { CampaignPage } from './campaign';
import styles from './plan.module.css';

export function Plan({ campaign }: { readonly campaign: CampaignPage }) {
  const { t } = useLingui();
  const { story, beneficiaries, plan, risks, milestones } = campaign;
  return (
    <>
      <section aria-labelledby="story">
        <h2 id="story">{t`为什么要办`}</h2>
        <p className={styles.prose}>{story}</p>
        <p className={styles.prose}>
          <b>{t`谁会用到：`}</b>
          {beneficiaries}
        </p>
      </section>
      <section aria-labelledby="plan">
        <h2 id="plan">{t`打算怎么做`}</h2>
        <p className={styles.prose}>{plan}</p>
        <ol className={styles.steps}>
          {milestones.map(({ title, dueOn }) => (
            <li key={title}>
              <time dateTime={dueOn}>{day(`${dueOn}T12:00:00+08:00`)}</time>
              {title}
            </li>
          ))}
        </ol>
        <p className={styles.prose}>
          <b>{t`可能的麻烦：`}</b>
          {risks}
        </p>
      </section>
    </>
  );
}
