import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { useSignOut, type Me } from '../../app/session';
import { Button } from '../../ui/button';
import styles from './me.module.css';

export function MePage() {
  const { t } = useLingui();
  return (
    <Page title={t`我的`}>
      <NeedSignIn>{(me) => <Mine me={me} />}</NeedSignIn>
      <ul className={styles.links}>
        <li>
          <Link to="/me/settings">{t`大字、对比度、语言`}</Link>
        </li>
        <li>
          <Link to="/partners">{t`看看有哪些社会组织`}</Link>
        </li>
        <li>
          <Link to="/help">{t`帮助`}</Link>
        </li>
      </ul>
    </Page>
  );
}

function Mine({ me }: { readonly me: Me }) {
  const { t } = useLingui();
  const signOut = useSignOut();
  return (
    <>
      <p className={styles.who}>
        <b>{me.maskedName || t`还没有留名字`}</b>
        <span className="num">{me.maskedPhone}</span>
      </p>
      <ul className={styles.links}>
        <li>
          <Link to="/me/pledges">{t`我答应的事`}</Link>
        </li>
        <li>
          <Link to="/me/campaigns">{t`我发起的事`}</Link>
        </li>
        <li>
          <Link to="/me/payments">{t`我付的钱和收据`}</Link>
        </li>
        <li>
          <Link to="/me/verify">{t`我住哪里，居民认证`}</Link>
        </li>
      </ul>
      <Button look="danger" onClick={() => void signOut()}>{t`退出登录`}</Button>
    </>
  );
}
