import { Trans, useLingui } from '@lingui/react/macro';
import { api } from '../../api/client';
import { useCommunityId } from '../../app/community';
import { Page } from '../../app/page';
import styles from './help.module.css';

export function HelpPage() {
  const { t } = useLingui();
  const id = useCommunityId();
  const { data } = api.useQuery(
    'get',
    '/v1/communities/{id}',
    { params: { path: { id: id ?? '' } } },
    { enabled: id !== null },
  );
  return (
    <Page title={t`帮助`} lead={t`不会用手机也能参加：请社区工作人员替您办，每一步都有记录。`}>
      {data?.phone && (
        <p>
          <a className={styles.call} href={`tel:${data.phone}`}>{t`打电话给${data.name}：${data.phone}`}</a>
        </p>
      )}
      <dl className={styles.answers}>
        <dt>{t`合伙是做什么的？`}</dt>
        <dd>{t`院子里缺点什么，大家一起凑：手艺、力气、东西、钱、主意和关注。够了就办，不够就不办。`}</dd>
        <dt>{t`我答应了，后来不方便怎么办？`}</dt>
        <dd>{t`截止前随时可以退出，不用说理由。在「我的」里找到那一条，点「退出」。`}</dd>
        <dt>{t`钱什么时候收？`}</dt>
        <dd>{t`每件事的页面上都写着。大多数是凑齐以后才收；没凑齐，一分不收，已付的原路退回。`}</dd>
        <dt>{t`钱在谁手里？`}</dt>
        <dd>
          <Trans>在收款单位自己的账户里，平台不经手。每一笔进出都在公开的账本上，谁都可以提问。</Trans>
        </dd>
        <dt>{t`字太小？`}</dt>
        <dd>{t`点右上角的「大字版」，每一页都会变大；再点一次更大。`}</dd>
      </dl>
    </Page>
  );
}
