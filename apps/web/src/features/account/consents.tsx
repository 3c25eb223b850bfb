import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api, type Schemas } from '../../api/client';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import type { Me } from '../../app/session';
import { date } from '../../lib/dates';
import { wordsKey } from '../../lib/language';
import { Button } from '../../ui/button';
import { Input } from '../../ui/field';
import { Sheet } from '../../ui/sheet';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import styles from './mine.module.css';

type Consent = Schemas['ConsentItem'];
type Terms = Schemas['ConsentTermsItem'];

/** What a consent is for, and what happens once it is taken back. */
const MEANINGS: Readonly<Record<Terms['kind'], readonly [what: MessageDescriptor, back: MessageDescriptor]>> =
  {
    privacy_notice: [
      msg`看过以后，才能登记名字和生日、加入社区。`,
      msg`撤回以后，不能再改名字、加入别的社区。已经登记的不动；想都删掉，请注销账号。`,
    ],
    publish_name: [
      msg`公开的名单和账本上写您的全名。不同意，就只写「王**」这样。`,
      msg`撤回以后，公开的地方马上改回「王**」这样。`,
    ],
    sensitive_data: [
      msg`不满 14 岁的孩子，要监护人同意，社区才能登记。`,
      msg`撤回以后，这个孩子的居民登记马上结束。`,
    ],
    hand_over: [msg`您可以写明把信息交给谁。只对写明的这一个有效。`, msg`撤回以后，不能再交给这个接收方。`],
  };

export function ConsentsPage() {
  const { t } = useLingui();
  return (
    <Page title={t`我同意过的`} lead={t`每一项都可以不同意，也随时可以撤回，撤回马上生效。`}>
      <NeedSignIn>{(me) => <Consents me={me} />}</NeedSignIn>
    </Page>
  );
}

function Consents({ me }: { readonly me: Me }) {
  const terms = api.useQuery('get', '/v1/consents/terms', {});
  const mine = api.useQuery('get', '/v1/me/consents', {});
  const error = terms.error ?? mine.error;
  if (error)
    return <Trouble error={error} retry={() => void Promise.all([terms.refetch(), mine.refetch()])} />;
  if (!terms.data || !mine.data) return <Waiting lines={6} />;
  const given = mine.data.items;
  return (
    <>
      <ul className={styles.cards}>
        {terms.data.items.map((one) => (
          <ConsentCard
            key={one.kind}
            terms={one}
            me={me}
            open={given.filter(({ kind, withdrawnAt }) => kind === one.kind && withdrawnAt === null)}
          />
        ))}
      </ul>
      <Past consents={given.filter(({ withdrawnAt }) => withdrawnAt !== null)} terms={terms.data.items} />
    </>
  );
}

interface ConsentCardProps {
  readonly terms: Terms;
  readonly me: Me;
  readonly open: readonly Consent[];
}

function ConsentCard({ terms, me, open }: ConsentCardProps) {
  const { t, i18n } = useLingui();
  const { kind, label, namesReceiver, version } = terms;
  const isGiven = open.some((one) => one.personId === me.id && one.version === version);
  return (
    <li className={styles.card}>
      <h2>{label[wordsKey()]}</h2>
      <p>{i18n._(MEANINGS[kind][0])}</p>
      {kind === 'privacy_notice' && (
        <p>
          <Link to="/privacy">{t`看隐私说明`}</Link>
        </p>
      )}
      {open.map((consent) => (
        <Given key={consent.id} consent={consent} me={me} />
      ))}
      {(!isGiven || namesReceiver) && <Give terms={terms} />}
    </li>
  );
}

function Given({ consent, me }: { readonly consent: Consent; readonly me: Me }) {
  const { t } = useLingui();
  const [asks, setAsks] = useState(false);
  const { receiver, givenAt, personId } = consent;
  return (
    <div className={styles.given}>
      <p>
        <b>{t`${date(givenAt)} 同意`}</b>
        {personId !== me.id && <span> {t`（替家里的孩子）`}</span>}
      </p>
      {receiver && <p>{t`接收方：${receiver}`}</p>}
      <div className={styles.actions}>
        <Button onClick={() => setAsks(true)}>{t`撤回`}</Button>
      </div>
      {asks && <Withdraw consent={consent} onClose={() => setAsks(false)} />}
    </div>
  );
}

function Withdraw({ consent, onClose }: { readonly consent: Consent; readonly onClose: () => void }) {
  const { t, i18n } = useLingui();
  const queries = useQueryClient();
  const withdraw = api.useMutation('delete', '/v1/me/consents/{id}', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries();
    },
  });
  const [, back] = MEANINGS[consent.kind];
  return (
    <Sheet title={t`撤回这项同意`} lead={i18n._(back)} onClose={onClose}>
      {withdraw.error && <Trouble error={withdraw.error} />}
      <div className={styles.actions}>
        <Button
          look="danger"
          busy={withdraw.isPending}
          onClick={() => withdraw.mutate({ params: { path: { id: consent.id } } })}
        >{t`撤回`}</Button>
        <Button onClick={onClose}>{t`先不了`}</Button>
      </div>
    </Sheet>
  );
}

function Give({ terms: { kind, version, namesReceiver } }: { readonly terms: Terms }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const form = useForm({ defaultValues: { receiver: '' } });
  const give = api.useMutation('post', '/v1/me/consents', {
    onSuccess: async () => {
      form.reset();
      await queries.invalidateQueries();
    },
  });
  const submit = form.handleSubmit(({ receiver }) =>
    give.mutate({ body: { kind, version, ...(namesReceiver && { receiver: receiver.trim() }) } }),
  );
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      {namesReceiver && (
        <Input
          label={t`交给谁`}
          maxLength={120}
          error={form.formState.errors.receiver ? t`请写明交给谁` : undefined}
          {...form.register('receiver', { validate: (typed) => typed.trim() !== '' })}
        />
      )}
      {give.error && <Trouble error={give.error} />}
      <div className={styles.actions}>
        <Button type="submit" busy={give.isPending}>{t`我同意`}</Button>
      </div>
    </form>
  );
}

interface PastProps {
  readonly consents: readonly Consent[];
  readonly terms: readonly Terms[];
}

function Past({ consents, terms }: PastProps) {
  const { t } = useLingui();
  if (consents.length === 0) return null;
  return (
    <details className={styles.past}>
      <summary>{t`撤回过的`}</summary>
      <ul>
        {consents.map(({ id, kind, receiver, givenAt, withdrawnAt }) => (
          <li key={id}>
            <b>{terms.find((one) => one.kind === kind)?.label[wordsKey()]}</b>
            {receiver && <p>{t`接收方：${receiver}`}</p>}
            <p className={styles.meta}>
              {t`${date(givenAt)} 同意，${withdrawnAt ? date(withdrawnAt) : ''} 撤回`}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
