import { useLingui } from '@lingui/react/macro';
import { http, type Schemas } from '../../api/client';
import { Paged } from '../../app/paged';
import { date } from '../../lib/dates';
import { wordsKey } from '../../lib/language';
import { amount } from '../../ui/amount';
import type { CampaignPage } from './campaign';
import styles from './matches.module.css';

type Pool = Schemas['BoundPoolView'];
type Line = Schemas['MatchLineView'];

/** What donors add to what neighbours give: the rules of each pool, what it comes to, and every line with its reason. */
export function Matches({ campaign }: { readonly campaign: CampaignPage }) {
  const { t } = useLingui();
  const path = { id: campaign.id };
  return (
    <section aria-labelledby="matches">
      <h2 id="matches">{t`有人配捐`}</h2>
      <p className={styles.lead}>{t`邻居每出一份，出资方按说好的规矩再添一份。配的不算在目标里。`}</p>
      <Paged<Schemas['CampaignMatchesPage']>
        queryKey={['get', '/v1/campaigns/{id}/matches', path]}
        read={(query) => http.GET('/v1/campaigns/{id}/matches', { params: { path, query } })}
        empty={null}
      >
        {(lines, { pools }) => (
          <ul className={styles.pools}>
            {pools.map((bound) => (
              <OnePool
                key={bound.pool.id}
                bound={bound}
                lines={lines.filter(({ poolId }) => poolId === bound.pool.id)}
              />
            ))}
          </ul>
        )}
      </Paged>
    </section>
  );
}

function OnePool({ bound, lines }: { readonly bound: Pool; readonly lines: readonly Line[] }) {
  const { t } = useLingui();
  const { pool, writeOff } = bound;
  const say = (quantity: string) => amount(pool, quantity);
  const rows: readonly [string, string][] = [
    [t`够了条件又凑齐才给`, bound.conditional],
    [t`凑齐就给`, bound.reserved],
    [t`已经定下要给`, bound.confirmed],
    [t`出资方还没交来`, bound.matchDue],
    [t`已经收到`, bound.received],
    [t`不用给了`, bound.released],
    [t`退回出资方`, bound.returned],
  ];
  return (
    <li>
      <h3>{pool.donorName}</h3>
      <p>{t`每出 1，配 ${pool.factor}。每人最多配 ${say(pool.capPerPerson)}，这件事最多配 ${say(pool.capPerCampaign)}。`}</p>
      {pool.conditionMinimum !== '0' && <p>{t`邻居自己凑到 ${say(pool.conditionMinimum)} 才配。`}</p>}
      <p className={styles.lead}>{t`${date(pool.startsAt)} 到 ${date(pool.endsAt)} 之间答应的算数。`}</p>
      <dl className={styles.sums}>
        {rows
          .filter(([, quantity]) => quantity !== '0')
          .map(([words, quantity]) => (
            <div key={words}>
              <dt>{words}</dt>
              <dd className="num">{say(quantity)}</dd>
            </div>
          ))}
      </dl>
      {writeOff && <p>{t`不再等这笔钱：${writeOff.reason}`}</p>}
      {lines.length > 0 && <Lines lines={lines} />}
    </li>
  );
}

function Lines({ lines }: { readonly lines: readonly Line[] }) {
  const { t } = useLingui();
  const lang = wordsKey();
  return (
    <details className={styles.lines}>
      <summary>{t`每一份是怎么配的`}</summary>
      <ul>
        {lines.map((line) => (
          <li key={`${line.pledgeId} ${line.poolId}`}>
            {line.words[lang]}
            {line.returns.map(({ at, words }) => (
              <span key={at}>{words[lang]}</span>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}
