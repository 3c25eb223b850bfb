import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { date, moment } from '../../lib/dates';
import { Act, DeskList, DeskPage, DeskState, Filter } from '../console';
import styles from './desk.module.css';
import { HideMessage } from './hide-message';
import { Needs } from './needs';

type Challenge = Schemas['ChallengeView'];
type Objection = Schemas['ObjectionItem'];

/** What residents ask, object to and wish for, and what the desk answers. */
export function QuestionsPage() {
  const { t } = useLingui();
  return (
    <DeskPage title={t`提问和异议`} roles={['community_staff']}>
      {({ communityId }) => (
        <>
          <Objections communityId={communityId} />
          <Challenges communityId={communityId} />
          <Needs communityId={communityId} />
        </>
      )}
    </DeskPage>
  );
}

/** Objections belong to campaigns on notice, so each of these has its own list. */
function Objections({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui();
  const { data } = api.useQuery('get', '/v1/campaigns', {
    params: { query: { communityId, state: 'notice', limit: 50 } },
  });
  return (
    <section aria-labelledby="objections">
      <h2 id="objections" className={styles.section}>{t`公示期的异议`}</h2>
      {data?.items.length === 0 && <p>{t`没有正在公示的众筹。`}</p>}
      {data?.items.map(({ id, title }) => (
        <div key={id} className={styles.card}>
          <h3>
            <Link to="/c/$id" params={{ id }}>
              {title}
            </Link>
          </h3>
          <DeskList<Objection>
            caption={t`${title} 的异议`}
            path="/v1/campaigns/{id}/objections"
            of={{ id }}
            empty={t`还没有人提异议。`}
            keyOf={(objection) => objection.id}
            columns={[
              { head: t`说了什么`, cell: ({ text }) => text },
              { head: t`谁`, cell: ({ by }) => by },
              { head: t`日期`, cell: ({ createdAt }) => date(createdAt) },
              { head: t`答复`, cell: ({ answer }) => answer },
              { head: t`状态`, cell: ({ state }) => <DeskState state={state} /> },
            ]}
            acts={(objection) =>
              objection.state === 'open' && <AnswerObjection campaignId={id} objection={objection} />
            }
            actsHead={t`办理`}
          />
        </div>
      ))}
    </section>
  );
}

interface AnswerObjectionProps {
  readonly campaignId: string;
  readonly objection: Objection;
}

function AnswerObjection({ campaignId, objection }: AnswerObjectionProps) {
  const { t } = useLingui();
  const path = { id: campaignId, objectionId: objection.id };
  return (
    <Act
      label={t`答复`}
      look="main"
      lead={objection.text}
      fields={[{ name: 'answer', label: t`公开的答复`, kind: 'text' }]}
      run={(body) =>
        must(http.POST('/v1/campaigns/{id}/objections/{objectionId}/answer', { params: { path }, body }))
      }
    />
  );
}

function Challenges({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui();
  const [state, setState] = useState<Challenge['state']>('open');
  return (
    <section aria-labelledby="challenges">
      <h2 id="challenges" className={styles.section}>{t`对账本的提问`}</h2>
      <Filter
        label={t`哪一些`}
        value={state}
        onChange={setState}
        options={[
          ['open', t`等处理`],
          ['answered', t`答复了`],
          ['settled', t`说清楚了`],
          ['closed', t`已关`],
        ]}
      />
      <DeskList<Challenge>
        caption={t`对账本的提问`}
        path="/v1/communities/{id}/challenges"
        of={{ id: communityId }}
        query={{ state }}
        empty={t`这里没有提问。`}
        keyOf={({ id }) => id}
        columns={[
          {
            head: t`提问`,
            cell: ({ id, by }) => <Link to="/challenges/$id" params={{ id }}>{t`${by} 的提问`}</Link>,
          },
          { head: t`什么时候问的`, cell: ({ createdAt }) => moment(createdAt) },
          { head: t`答复期限`, cell: ({ dueAt }) => dueAt && moment(dueAt) },
          { head: t`状态`, cell: (row) => <DeskState state={row.state} /> },
        ]}
        acts={(challenge) => <ChallengeActs challenge={challenge} />}
        actsHead={t`办理`}
      />
    </section>
  );
}

function ChallengeActs({ challenge: { id, state } }: { readonly challenge: Challenge }) {
  const { t } = useLingui();
  const params = { path: { id } };
  return (
    <>
      {(state === 'open' || state === 'answered') && (
        <>
          <Act
            label={t`答复`}
            look="main"
            fields={[{ name: 'text', label: t`公开的答复`, kind: 'text' }]}
            run={(body) => must(http.POST('/v1/challenges/{id}/answers', { params, body }))}
          />
          <Act
            label={t`关掉`}
            fields={[{ name: 'reason', label: t`为什么`, kind: 'text' }]}
            run={(body) => must(http.POST('/v1/challenges/{id}/close', { params, body }))}
          />
        </>
      )}
      <HideMessage challengeId={id} />
    </>
  );
}
