import { useLingui } from '@lingui/react/macro';
import { api, type Schemas } from '../../api/client';
import { amount, missing } from '../../ui/amount';
import { Banner } from '../../ui/banner';
import type { CampaignPage } from './campaign';
import styles from './outcome.module.css';
import { Refunds } from './refunds';

const settled = ['collecting', 'succeeded', 'delivering', 'completed', 'failed'];
const askAgainMs = 3_000;

/** While it runs: what would happen if it closed now. Afterwards: what became of every promise. */
export function Outcome({ campaign }: { readonly campaign: CampaignPage }) {
  if (campaign.state === 'open') return <Forecast campaign={campaign} />;
  // One that was cancelled while it was open has promises to let go; of one before that there is nothing to settle.
  const isEnded = campaign.state === 'cancelled' && campaign.decidedAt !== null;
  if (isEnded || settled.includes(campaign.state)) return <Settlement campaign={campaign} />;
  return null;
}

function Forecast({ campaign }: { readonly campaign: CampaignPage }) {
  const { t } = useLingui();
  const { data } = api.useQuery('get', '/v1/campaigns/{id}/forecast', {
    params: { path: { id: campaign.id } },
  });
  if (!data) return null;
  const short = data.asks.filter(({ required, met }) => required && !met);
  const asks = new Map(campaign.asks.map((ask) => [ask.id, ask]));
  return (
    <section aria-labelledby="forecast">
      <h2 id="forecast">{t`要是现在截止`}</h2>
      {data.outcome === 'succeeded' ? (
        <Banner tone="done" title={t`已经够了，能办成。`} />
      ) : (
        <Banner tone="warn" title={t`还办不成，差这些：`}>
          <ul>
            {short.map(({ askId, title, counted, minimum }) => {
              const ask = asks.get(askId);
              return (
                <li key={askId}>{ask ? `${title}：${amount(ask, missing(counted, minimum))}` : title}</li>
              );
            })}
          </ul>
        </Banner>
      )}
    </section>
  );
}

function Settlement({ campaign }: { readonly campaign: CampaignPage }) {
  const { t } = useLingui();
  const { data } = api.useQuery(
    'get',
    '/v1/campaigns/{id}/settlement',
    { params: { path: { id: campaign.id } } },
    {
      retry: false,
      refetchInterval: ({ state }) => (state.data?.doneAt === null ? askAgainMs : false),
    },
  );
  if (!data) return null;
  const { progress } = data;
  const asks = new Map(campaign.asks.map((ask) => [ask.id, ask]));
  return (
    <section aria-labelledby="settlement">
      <h2 id="settlement">{t`每一份承诺的去向`}</h2>
      {data.doneAt === null && (
        <p>
          <progress
            className={styles.progress}
            aria-label={t`已结清的承诺`}
            value={progress.done}
            max={Math.max(1, progress.items)}
          >
            {progress.done}
          </progress>
          {t`已结清 ${progress.done} / ${progress.items} 份`}
        </p>
      )}
      {campaign.asks.some(({ kind }) => kind === 'money') && <Refunds campaignId={campaign.id} />}
      <ul className={styles.list}>
        {data.asks.map((report) => {
          const ask = asks.get(report.askId);
          return ask && <AskOutcome key={report.askId} ask={ask} report={report} />;
        })}
      </ul>
    </section>
  );
}

interface AskOutcomeProps {
  readonly ask: CampaignPage['asks'][number];
  readonly report: Schemas['AskReportView'];
}

function AskOutcome({ ask, report }: AskOutcomeProps) {
  const { t } = useLingui();
  const ends: readonly [string, Schemas['TallyView']][] = [
    [t`做到了`, report.collected],
    [t`已退款`, report.refunded],
    [t`已解除`, report.released],
    [t`没有按时付款`, report.dropped],
    [t`还在办`, report.open],
  ];
  const shown = ends.filter(([, { pledges }]) => pledges > 0);
  return (
    <li>
      <b>{ask.title}</b>
      <span>{t`承诺 ${amount(ask, report.pledged.quantity)}`}</span>
      {shown.map(([words, { quantity }]) => (
        <span key={words}>
          {words} {amount(ask, quantity)}
        </span>
      ))}
    </li>
  );
}
