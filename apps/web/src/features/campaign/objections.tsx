import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { http, type Schemas } from '../../api/client';
import { Paged } from '../../app/paged';
import { hasRole, meQuery, type Me } from '../../app/session';
import { moment } from '../../lib/dates';
import { ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Mark } from '../../ui/state-mark';
import type { CampaignPage } from './campaign';
import { AnswerObjection, RaiseObjection, WithdrawObjection } from './objection-acts';
import styles from './objections.module.css';

type Objection = Schemas['ObjectionItem'];

interface ObjectionsProps {
  readonly campaign: CampaignPage;
}

/** What residents have against it, with the answers, for everybody to read. An open one keeps it from opening. */
export function Objections({ campaign }: ObjectionsProps) {
  const { t } = useLingui();
  const { data: me = null } = useQuery(meQuery);
  const path = { id: campaign.id };
  const isNotice = campaign.state === 'notice';
  return (
    <section id="objections" aria-labelledby="objections-heading">
      <h2 id="objections-heading">{t`公示期的意见`}</h2>
      {isNotice && <p className={styles.lead}>{t`每一条都要公开答复，答复完才会开始筹。`}</p>}
      <Paged<Schemas['ObjectionPage']>
        queryKey={['get', '/v1/campaigns/{id}/objections', path, me?.id ?? null]}
        read={(query) => http.GET('/v1/campaigns/{id}/objections', { params: { path, query } })}
        empty={<Empty says={t`还没有人提意见。`} />}
      >
        {(objections) => (
          <>
            <ol className={styles.list}>
              {objections.map((objection) => (
                <OneObjection key={objection.id} objection={objection} campaign={campaign} me={me} />
              ))}
            </ol>
            {isNotice && <Raise campaign={campaign} me={me} objections={objections} />}
          </>
        )}
      </Paged>
    </section>
  );
}

interface RaiseProps extends ObjectionsProps {
  readonly me: Me | null;
  readonly objections: readonly Objection[];
}

/** Whoever waits for an answer raises no second one; the organiser answers. */
function Raise({ campaign, me, objections }: RaiseProps) {
  const { t } = useLingui();
  const here = useRouterState({ select: ({ location }) => location.href });
  if (campaign.may.organise || objections.some(({ mine, state }) => mine && state === 'open')) return null;
  if (me) return <RaiseObjection campaignId={campaign.id} />;
  return <ButtonLink to="/login" search={{ back: here }}>{t`登录以后提意见`}</ButtonLink>;
}

interface OneObjectionProps extends ObjectionsProps {
  readonly objection: Objection;
  readonly me: Me | null;
}

function OneObjection({ objection, campaign, me }: OneObjectionProps) {
  const { t } = useLingui();
  const { id, by, mine, text, state, answer, answeredBy, answeredAt, createdAt } = objection;
  const isOpen = state === 'open';
  const answers = campaign.may.organise || hasRole(me, 'community_staff');
  return (
    <li className={styles.objection}>
      <p className={styles.by}>
        <b>{mine ? t`我` : by}</b> <time dateTime={createdAt}>{moment(createdAt)}</time>
        {isOpen && <Mark look="lit">{t`等答复`}</Mark>}
        {state === 'answered' && <Mark look="good">{t`已答复`}</Mark>}
        {state === 'withdrawn' && <Mark look="quiet">{t`已收回`}</Mark>}
      </p>
      <p className={styles.text}>{text}</p>
      {answer && (
        <div className={styles.answer}>
          <p className={styles.by}>
            <b>{t`${answeredBy ?? ''} 答复`}</b>{' '}
            {answeredAt && <time dateTime={answeredAt}>{moment(answeredAt)}</time>}
          </p>
          <p className={styles.text}>{answer}</p>
        </div>
      )}
      {isOpen && mine && <WithdrawObjection campaignId={campaign.id} objectionId={id} />}
      {isOpen && !mine && answers && <AnswerObjection campaignId={campaign.id} objectionId={id} />}
    </li>
  );
}
