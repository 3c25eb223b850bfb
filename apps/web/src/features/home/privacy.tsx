import { useLingui } from '@lingui/react/macro';
import { Page } from '../../app/page';
import styles from './help.module.css';

/** What the platform itself does with personal data. Who runs it adds a notice of their own. */
export function PrivacyPage() {
  const { t } = useLingui();
  return (
    <Page title={t`隐私说明`} lead={t`这一页说的是平台怎么保管您的信息。`}>
      <dl className={styles.answers}>
        <dt>{t`存了什么？`}</dt>
        <dd>{t`手机号；您自己留的名字和生日；您住的院落和门牌；您答应的事和付的钱。`}</dd>
        <dt>{t`谁看得到？`}</dt>
        <dd>{t`手机号和名字加密保存。别人只看得到「王**」这样的名字，除非您同意公开全名；选了匿名，就连这个也看不到。`}</dd>
        <dt>{t`工作人员看了会留下记录吗？`}</dt>
        <dd>{t`会。要核对身份时才能打开原文，每一次都要写原因，都有记录。`}</dd>
        <dt>{t`能拿走或者删掉吗？`}</dt>
        <dd>{t`能。在「我的」里可以下载全部信息，也可以注销。账目依法要保留的，只留金额，不留名字。`}</dd>
      </dl>
    </Page>
  );
}
