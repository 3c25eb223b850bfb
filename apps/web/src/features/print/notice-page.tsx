import { useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { api } from '../../api/client';
import { date } from '../../lib/dates';
import { Paper, type Campaign } from './paper';
import styles from './paper.module.css';
import { ScanIt, StillMissing, Until } from './parts';

/** For the board in the stairwell: large black letters that can be read without glasses, and a telephone number. */
export function NoticePage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/c/$id/notice' });
  return (
    <Paper id={id} name={t`楼道通知`} look="notice">
      {(campaign) => <Notice campaign={campaign} />}
    </Paper>
  );
}

function Notice({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useLingui();
  const { community, title, lead, placeText, organiser, verified } = campaign;
  return (
    <>
      <p className={styles.kicker}>{t`${community.name} · 邻里通知`}</p>
      <h1 tabIndex={-1}>{title}</h1>
      <p className={styles.lead}>{lead}</p>
      <p className={styles.lead}>{t`在哪里：${placeText}`}</p>
      <h2>{t`还缺什么`}</h2>
      <StillMissing campaign={campaign} />
      <Until campaign={campaign} />
      <div className={styles.how}>
        <ScanIt campaign={campaign} />
        <NoPhone communityId={community.id} />
      </div>
      <p className={styles.foot}>
        {t`${organiser} 发起`}
        {verified && ` · ${t`社区 ${date(verified.at)} 核实`}`}
      </p>
    </>
  );
}

/** Whoever scans nothing is helped at the desk of the community. */
function NoPhone({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui();
  const { data } = api.useQuery('get', '/v1/communities/{id}', { params: { path: { id: communityId } } });
  return (
    <div className={styles.call}>
      <p>{t`不用手机？社区工作人员替您办。`}</p>
      {data?.phone && (
        <p className={styles.phone}>
          {t`社区电话`} <span className="num">{data.phone}</span>
        </p>
      )}
    </div>
  );
}
