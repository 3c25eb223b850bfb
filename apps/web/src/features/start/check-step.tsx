import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../api/client';
import { moment } from '../../lib/dates';
import { amount } from '../../ui/amount';
import { Banner } from '../../ui/banner';
import { Button, ButtonLink } from '../../ui/button';
import { KIND, kindOf } from '../../ui/kinds';
import { StateMark } from '../../ui/state-mark';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import type { Draft, StepProps } from './drafts';
import { stepOfPointer } from './steps';
import styles from './wizard.module.css';

/** All answers at a glance, what is still missing with the way to it, and the handing in. */
export function CheckStep({ draft }: StepProps) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const params = { path: { id: draft.id } };
  const missing = api.useQuery('get', '/v1/campaigns/{id}/missing', { params }, { enabled: draft.may.edit });
  const after = { onSuccess: () => queries.invalidateQueries() };
  const submit = api.useMutation('post', '/v1/campaigns/{id}/submit', after);
  const takeBack = api.useMutation('post', '/v1/campaigns/{id}/take-back', after);
  const flaws = missing.data?.items ?? [];
  const error = submit.error ?? takeBack.error;
  return (
    <>
      <p>
        <StateMark state={draft.state} />
      </p>
      <Answers draft={draft} />
      {draft.may.edit && missing.isPending && <Waiting lines={2} />}
      {flaws.length > 0 && (
        <Banner tone="warn" title={t`还差这些，补上就能交：`}>
          <ul className={styles.flaws}>
            {flaws.map(({ pointer, code, message }) => (
              <li key={`${pointer} ${code}`}>
                <Link to="/start/$id/$step" params={{ id: draft.id, step: stepOfPointer(pointer) }}>
                  {message}
                </Link>
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {error && <Trouble error={error} />}
      <div className={styles.actions}>
        {draft.may.edit && (
          <Button
            look="main"
            busy={submit.isPending}
            disabled={flaws.length > 0}
            onClick={() => submit.mutate({ params })}
          >
            {t`交给社区看`}
          </Button>
        )}
        {(draft.state === 'in_review' || draft.state === 'notice') && (
          <>
            <Banner tone="done" title={t`交上去了，社区看过以后会公示。`} />
            <Button
              busy={takeBack.isPending}
              onClick={() => takeBack.mutate({ params })}
            >{t`拿回来再改改`}</Button>
          </>
        )}
        <ButtonLink to="/c/$id" params={{ id: draft.id }}>{t`看看邻居会看到的样子`}</ButtonLink>
      </div>
    </>
  );
}

function Answers({ draft }: { readonly draft: Draft }) {
  const { t, i18n } = useLingui();
  const none = t`还没写`;
  const rows: readonly [string, string][] = [
    [t`名字`, draft.title],
    [t`一句话说清楚`, draft.lead],
    [t`在哪里？`, draft.placeText],
    [
      t`缺什么？`,
      draft.asks
        .map((ask) => `${i18n._(KIND[kindOf(ask.kind)].name)} ${ask.title} ${amount(ask, ask.wanted)}`)
        .join('\n'),
    ],
    [t`打算怎么做？`, draft.plan],
    [t`什么时候截止？`, draft.deadline ? moment(draft.deadline.at, draft.deadline.timeZone) : ''],
  ];
  return (
    <dl className={styles.answers}>
      {rows.map(([question, answer]) => [
        <dt key={question}>{question}</dt>,
        <dd key={`${question}-answer`}>{answer || none}</dd>,
      ])}
    </dl>
  );
}
