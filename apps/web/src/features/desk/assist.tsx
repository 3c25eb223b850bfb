import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm, useWatch, type UseFormReturn } from 'react-hook-form';
import { api, http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { isProblem } from '../../api/problem';
import type { PageOf } from '../../app/paged';
import { span } from '../../lib/dates';
import { idempotencyKey } from '../../lib/key';
import { fenOf } from '../../lib/quantities';
import { Banner } from '../../ui/banner';
import { Button, ButtonLink } from '../../ui/button';
import { Check, Input, Select, TextArea } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import { Act, DeskPage, useAnswer } from '../console';
import styles from './desk.module.css';
import type { Member } from './things';

interface Answers {
  readonly personId: string;
  readonly campaignId: string;
  readonly askId: string;
  readonly slotId: string;
  readonly amount: string;
  readonly text: string;
  readonly consentEvidence: string;
  readonly anonymous: boolean;
}

const blank: Answers = {
  ...{ personId: '', campaignId: '', askId: '', slotId: '', amount: '', text: '' },
  ...{ consentEvidence: '', anonymous: false },
};

/** A promise for a neighbour who cannot do it on a telephone: with a trace of how they agreed. */
export function AssistPage() {
  const { t } = useLingui();
  return (
    <DeskPage
      title={t`替居民办`}
      lead={t`替不会用手机的邻居答应一件事，会标明是代办。`}
      roles={['community_staff']}
    >
      {({ communityId }) => <Assist communityId={communityId} />}
    </DeskPage>
  );
}

function Assist({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui();
  const form = useForm<Answers>({ defaultValues: blank });
  const campaignId = useWatch({ control: form.control, name: 'campaignId' });
  const campaign = api.useQuery(
    'get',
    '/v1/campaigns/{id}',
    { params: { path: { id: campaignId } } },
    { enabled: campaignId !== '' },
  );
  const askId = useWatch({ control: form.control, name: 'askId' });
  const ask = campaign.data?.asks.find(({ id }) => id === askId);
  const placing = usePlacing(form, ask);
  return (
    <>
      <form className={styles.form} noValidate onSubmit={placing.submit}>
        <Who communityId={communityId} form={form} />
        {campaign.data && (
          <Select
            label={t`哪一样`}
            error={form.formState.errors.askId ? t`请选哪一样` : undefined}
            {...form.register('askId', { required: true })}
          >
            <option value="">{t`请选`}</option>
            {campaign.data.asks.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </Select>
        )}
        {ask && <HowMuch ask={ask} form={form} />}
        <Input
          label={t`本人怎么同意的`}
          hint={t`比如：7月1日在社区签的纸条，存在居民服务台。`}
          error={form.formState.errors.consentEvidence ? t`请写明本人怎么同意的` : undefined}
          {...form.register('consentEvidence', { required: true, minLength: 4 })}
        />
        <Check label={t`不公开姓名`} {...form.register('anonymous')} />
        {placing.error !== undefined && <Trouble error={placing.error} />}
        <Button type="submit" look="main" busy={placing.busy}>{t`替他答应`}</Button>
      </form>
      {/* Beside the form: the acts here have forms of their own. */}
      {placing.placedId !== null && <Placed pledgeId={placing.placedId} />}
    </>
  );
}

function Placed({ pledgeId }: { readonly pledgeId: string }) {
  const { t } = useLingui();
  return (
    <Banner
      tone="done"
      live
      title={t`替他答应好了。`}
      actions={
        <>
          <Act
            label={t`撤回这一件`}
            lead={t`本人改了主意，就撤回。`}
            run={() => must(http.POST('/v1/pledges/{id}/withdraw', { params: { path: { id: pledgeId } } }))}
          />
          <ButtonLink to="/console">{t`回到今天要办的`}</ButtonLink>
        </>
      }
    />
  );
}

type Ask = Schemas['AskOnPage'];

function usePlacing(form: UseFormReturn<Answers>, ask: Ask | undefined) {
  const queries = useQueryClient();
  const [key, setKey] = useState(idempotencyKey);
  const [state, setState] = useState<{ busy: boolean; placedId: string | null; error?: unknown }>({
    busy: false,
    placedId: null,
  });
  const place = form.handleSubmit(async (answers) => {
    if (!ask) return;
    setState({ busy: true, placedId: null });
    try {
      const { id } = await must(
        http.POST('/v1/campaigns/{id}/pledges', {
          params: { path: { id: answers.campaignId }, header: { 'Idempotency-Key': key } },
          body: bodyOf(answers, ask),
        }),
      );
      setKey(idempotencyKey());
      setState({ busy: false, placedId: id });
      form.reset({ ...blank, campaignId: answers.campaignId });
      await queries.invalidateQueries();
    } catch (error) {
      if (isProblem(error) && error.status < 500) setKey(idempotencyKey());
      setState({ busy: false, placedId: null, error });
    }
  });
  return { ...state, submit: (event: React.FormEvent) => void place(event) };
}

function bodyOf(answers: Answers, ask: Ask): Schemas['PlacePledgeBody'] {
  const { askId, slotId, amount, text, anonymous, personId, consentEvidence } = answers;
  const quantity = ask.kind === 'money' ? (fenOf(amount) ?? '') : amount;
  return {
    askId,
    anonymous,
    places: ask.slots.length > 0 ? Number(amount || '1') : 1,
    slotId: ask.slots.length > 0 ? slotId : undefined,
    quantity: ask.kind === 'money' || ask.kind === 'goods' ? quantity : undefined,
    text: ask.kind === 'planning' ? text.trim() : undefined,
    onBehalfOf: { personId, consentEvidence: consentEvidence.trim() },
  };
}

interface WhoProps {
  readonly communityId: string;
  readonly form: UseFormReturn<Answers>;
}

function Who({ communityId, form }: WhoProps) {
  const { t } = useLingui();
  const { errors } = form.formState;
  const members = useAnswer<PageOf<Member>>(
    '/v1/communities/{id}/memberships',
    { id: communityId },
    { state: 'verified', limit: '100' },
  );
  const campaigns = api.useQuery('get', '/v1/campaigns', {
    params: { query: { communityId, state: 'open', limit: 50 } },
  });
  return (
    <>
      <Select
        label={t`哪一位居民`}
        error={errors.personId ? t`请选哪一位居民` : undefined}
        {...form.register('personId', { required: true })}
      >
        <option value="">{t`请选`}</option>
        {members.data?.items.map(({ personId, maskedName, estateName, door }) => (
          <option key={personId} value={personId}>
            {`${maskedName} ${estateName} ${door}`}
          </option>
        ))}
      </Select>
      <Select
        label={t`哪一个众筹`}
        error={errors.campaignId ? t`请选哪一个众筹` : undefined}
        {...form.register('campaignId', { required: true })}
      >
        <option value="">{t`请选`}</option>
        {campaigns.data?.items.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </Select>
    </>
  );
}

function HowMuch({ ask, form }: { readonly ask: Ask; readonly form: UseFormReturn<Answers> }) {
  const { t } = useLingui();
  const { errors } = form.formState;
  if (ask.slots.length > 0) {
    return (
      <>
        <Select
          label={t`哪个时段`}
          error={errors.slotId ? t`请选哪个时段` : undefined}
          {...form.register('slotId', { required: true })}
        >
          <option value="">{t`请选`}</option>
          {ask.slots.map(({ id, startsAt, endsAt, capacity, taken }) => (
            <option key={id} value={id} disabled={taken >= capacity}>
              {span(startsAt, endsAt)}
            </option>
          ))}
        </Select>
        <Input label={t`几个人`} inputMode="numeric" placeholder="1" {...form.register('amount')} />
      </>
    );
  }
  if (ask.kind === 'planning') {
    return (
      <TextArea
        label={t`他的主意`}
        error={errors.text ? t`请写下他的主意` : undefined}
        {...form.register('text', { required: true })}
      />
    );
  }
  if (ask.kind !== 'money' && ask.kind !== 'goods') return null;
  const isMoney = ask.kind === 'money';
  return (
    <Input
      label={isMoney ? t`出多少钱` : t`几件`}
      inputMode="decimal"
      suffix={isMoney ? t`元` : (ask.unitLabel ?? '')}
      error={errors.amount ? t`请填数目` : undefined}
      {...form.register('amount', {
        validate: (typed) => (isMoney ? fenOf(typed) !== null : /^[1-9]\d*$/.test(typed.trim())),
      })}
    />
  );
}
