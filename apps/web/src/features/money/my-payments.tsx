import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { http } from '../../api/client';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { Paged, type PageOf } from '../../app/paged';
import { moment } from '../../lib/dates';
import { wordsKey } from '../../lib/language';
import { yuan } from '../../lib/quantities';
import { Empty } from '../../ui/empty';
import { ChargeStatus } from './charge-status';
import type { Charge } from './charge';
import styles from './pay.module.css';

/** All that the reader paid or was asked to pay, each with its status, its receipt and what came back. */
export function MyPaymentsPage() {
  const { t } = useLingui();
  return (
    <Page title={t`我付的钱`}>
      <NeedSignIn>
        {() => (
          <Paged<PageOf<Charge>>
            queryKey={['get', '/v1/me/charges']}
            read={(query) => http.GET('/v1/me/charges', { params: { query } })}
            empty={<Empty says={t`还没有付过钱。`} />}
          >
            {(charges) => (
              <ul className={styles.list}>
                {charges.map((charge) => (
                  <li key={charge.id}>
                    <Payment charge={charge} />
                  </li>
                ))}
              </ul>
            )}
          </Paged>
        )}
      </NeedSignIn>
    </Page>
  );
}

function Payment({ charge }: { readonly charge: Charge }) {
  const { t } = useLingui();
  const isPaid = charge.paidAt !== null;
  return (
    <article>
      <h2>{charge.description}</h2>
      <p>
        <span className="num">¥{yuan(charge.amount)}</span>
        {charge.paidAt && ` · ${moment(charge.paidAt)}`}
        {charge.returned !== '0' && ` · ${t`退回 ¥${yuan(charge.returned)}`}`}
      </p>
      <ChargeStatus status={charge.status} />
      <p className={styles.actions}>
        {charge.status === 'to_pay' && (
          <Link to="/pay/$id" params={{ id: charge.pledgeId }}>{t`去付款`}</Link>
        )}
        {isPaid && (
          <a href={`/v1/charges/${charge.id}/receipt.pdf?lang=${wordsKey()}`}>{t`收据（不是税务发票）`}</a>
        )}
        <Link to="/c/$id/book" params={{ id: charge.campaignId }}>{t`这件事的账本`}</Link>
      </p>
    </article>
  );
}
