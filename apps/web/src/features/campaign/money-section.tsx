import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { api } from '../../api/client';
import { date } from '../../lib/dates';
import { wordsKey } from '../../lib/language';
import { yuan } from '../../lib/quantities';
import type { CampaignPage } from './campaign';
import styles from './money-section.module.css';

const rowsShown = 4;

/** Who holds the money, when it is taken, what happens if the goal is missed; and what moved so far. */
export function MoneySection({ campaign }: { readonly campaign: CampaignPage }) {
  const { t } = useLingui();
  const asksMoney = campaign.asks.some(({ kind }) => kind === 'money');
  const { money, policies, costs } = campaign;
  const key = wordsKey();
  return (
    <section aria-labelledby="money">
      <h2 id="money">{asksMoney ? t`钱怎么管` : t`这次不收钱`}</h2>
      <dl className={styles.rules}>
        <dt>{t`性质`}</dt>
        <dd>{money.legalTypeWords[key]}</dd>
        {money.custodian && (
          <>
            <dt>{t`谁收着`}</dt>
            <dd>{money.custodian}</dd>
          </>
        )}
        {money.paymentWords && (
          <>
            <dt>{t`什么时候收`}</dt>
            <dd>{money.paymentWords[key]}</dd>
          </>
        )}
        <dt>{t`没凑齐`}</dt>
        <dd>{policies.failure.words[key]}</dd>
        {asksMoney && (
          <>
            <dt>{t`有剩的`}</dt>
            <dd>{policies.surplus.words[key]}</dd>
          </>
        )}
        <dt>{t`要改用途`}</dt>
        <dd>{policies.scopeChange.words[key]}</dd>
      </dl>
      {costs.length > 0 && (
        <table className={styles.costs}>
          <caption>{t`打算这样花`}</caption>
          <tbody>
            {costs.map(({ title, amount }) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                <td className="num">¥{yuan(amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {asksMoney && <Book campaignId={campaign.id} />}
    </section>
  );
}

function Book({ campaignId }: { readonly campaignId: string }) {
  const { t } = useLingui();
  const lang = wordsKey();
  const { data } = api.useQuery('get', '/v1/campaigns/{id}/book', {
    params: {
      path: { id: campaignId },
      query: { limit: rowsShown, lang },
      header: { 'accept-language': lang },
    },
  });
  if (!data) return null;
  const { totals, items } = data;
  return (
    <>
      <h3 className={styles.book}>{t`账本`}</h3>
      <dl className={styles.totals}>
        <div>
          <dt>{t`收到`}</dt>
          <dd className="num">¥{yuan(totals.received)}</dd>
        </div>
        <div>
          <dt>{t`退回`}</dt>
          <dd className="num">¥{yuan(totals.returned)}</dd>
        </div>
        <div>
          <dt>{t`花掉`}</dt>
          <dd className="num">¥{yuan(totals.spent)}</dd>
        </div>
      </dl>
      {items.length === 0 && <p className={styles.none}>{t`还没有花钱，也没有收钱。`}</p>}
      <ul className={styles.rows}>
        {items.map((line) => (
          <li key={line.id}>
            <span>
              {line.what} <small>{date(line.at)}</small>
            </span>
            <span className={`num ${line.direction === 'in' ? styles.in : styles.out}`}>
              {line.direction === 'in' ? '+' : '–'}¥{yuan(line.amount)}
            </span>
          </li>
        ))}
      </ul>
      <Link className={styles.all} to="/c/$id/book" params={{ id: campaignId }}>{t`看全部账目`}</Link>
    </>
  );
}
