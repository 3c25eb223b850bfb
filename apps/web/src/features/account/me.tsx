import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { useSignOut, type Me } from '../../app/session';
import { Button } from '../../ui/button';
import styles from './me.module.css';
import { LetterSize } from './settings';

export function MePage() {
  const { t } = useLingui();
  return (
    <Page title={t`我的`}>
      <NeedSignIn>{(me) => <Mine me={me} />}</NeedSignIn>
      <section aria-labelledby="reading">
        <h2 id="reading" className={styles.heading}>{t`看得清楚`}</h2>
        <LetterSize />
        <ul className={styles.links}>
          <li>
            <Link to="/me/settings">{t`对比度、语言`}</Link>
          </li>
          <li>
            <Link to="/help">{t`帮助`}</Link>
          </li>
        </ul>
      </section>
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
      <section aria-labelledby="doings">
        <h2 id="doings" className={styles.heading}>{t`我办的事`}</h2>
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
            <Link to="/me/partner">{t`我的组织，当合伙人`}</Link>
          </li>
        </ul>
      </section>
      <section aria-labelledby="account">
        <h2 id="account" className={styles.heading}>{t`我的账号`}</h2>
        <ul className={styles.links}>
          <li>
            <Link to="/me/verify">{t`我住哪里，居民认证`}</Link>
          </li>
          <li>
            <Link to="/me/profile">{t`名字和生日`}</Link>
          </li>
          <li>
            <Link to="/me/consents">{t`我同意过的`}</Link>
          </li>
          <li>
            <Link to="/me/sessions">{t`登录的设备`}</Link>
          </li>
          {me.roles.length > 0 && (
            <li>
              <Link to="/me/password">{t`改密码`}</Link>
            </li>
          )}
          <li>
            <Link to="/me/data">{t`下载资料、注销账号`}</Link>
          </li>
        </ul>
      </section>
      <Button look="danger" onClick={() => void signOut()}>{t`退出登录`}</Button>
    </>
  );
}
