import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useFieldArray, useForm, useWatch, type UseFormReturn } from 'react-hook-form';
import { api, http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { isProblem } from '../../api/problem';
import { idempotencyKey } from '../../lib/key';
import { fenOf } from '../../lib/quantities';
import { amount } from '../../ui/amount';
import { Button, ButtonLink } from '../../ui/button';
import { Input, Select } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { DeskPage } from '../console';
import styles from './funds.module.css';
import { usePartWords } from './money-parts';
import { useBudget } from './use-budget';
import { VoucherFields } from './voucher-fields';
import { emptyVoucher, totalOf, type PayoutForm } from './vouchers';

/** Asking for money of a milestone, with vouchers that add up to it. */
export function ProposePayoutPage() {
  const { t } = useLingui();
  const { id } = useParams({ from: '/console/funds/c/$id/pay' });
  return (
    <DeskPage
      title={t`申请付款`}
      lead={t`金额就是凭证加起来的数。两位资金审批人先后批过，才能转账。`}
      roles={['community_staff']}
    >
      {() => <Proposal campaignId={id} />}
    </DeskPage>
  );
}

function Proposal({ campaignId }: { readonly campaignId: string }) {
  const { budget, error, retry } = useBudget(campaignId);
  const payees = api.useQuery('get', '/v1/campaigns/{id}/payees', { params: { path: { id: campaignId } } });
  if (error) return <Trouble error={error} retry={retry} />;
  if (payees.error) return <Trouble error={payees.error} retry={() => void payees.refetch()} />;
  if (!budget || !payees.data) return <Waiting lines={6} />;
  const confirmed = payees.data.items.filter(({ state }) => state === 'confirmed');
  return <ProposalForm campaignId={campaignId} parts={budget.parts} payees={confirmed} />;
}

interface ProposalFormProps {
  readonly campaignId: string;
  readonly parts: readonly Schemas['BudgetPartView'][];
  readonly payees: readonly Schemas['PayeeView'][];
}

function ProposalForm({ campaignId, parts, payees }: ProposalFormProps) {
  const { t } = useLingui();
  const form = useForm<PayoutForm>({
    defaultValues: { payeeId: '', part: '', purpose: '', vouchers: [emptyVoucher] },
  });
  const vouchers = useFieldArray({ control: form.control, name: 'vouchers' });
  const sending = useSending(campaignId, form);
  return (
    <form className={styles.form} noValidate onSubmit={sending.submit}>
      <WhoAndWhat form={form} parts={parts} payees={payees} />
      {vouchers.fields.map(({ id }, at) => (
        <VoucherFields
          key={id}
          form={form}
          at={at}
          remove={vouchers.fields.length > 1 ? () => vouchers.remove(at) : null}
        />
      ))}
      <Button onClick={() => vouchers.append(emptyVoucher)}>{t`再加一张凭证`}</Button>
      <Total form={form} />
      {sending.error !== undefined && <Trouble error={sending.error} />}
      <div className={styles.acts}>
        <Button type="submit" look="main" busy={sending.busy}>{t`交给审批人`}</Button>
        <ButtonLink to="/console/funds/c/$id" params={{ id: campaignId }}>{t`先不了`}</ButtonLink>
      </div>
    </form>
  );
}

function Total({ form }: { readonly form: UseFormReturn<PayoutForm> }) {
  const { t } = useLingui();
  const vouchers = useWatch({ control: form.control, name: 'vouchers' });
  return <p className={styles.acts} role="status">{t`一共 ${amount({ unit: 'fen' }, totalOf(vouchers))}`}</p>;
}

interface WhoAndWhatProps extends Omit<ProposalFormProps, 'campaignId'> {
  readonly form: UseFormReturn<PayoutForm>;
}

function WhoAndWhat({ form, parts, payees }: WhoAndWhatProps) {
  const { t } = useLingui();
  const nameOf = usePartWords(parts);
  const { errors } = form.formState;
  const open = parts.filter(({ rest }) => BigInt(rest) > 0n);
  return (
    <>
      <Select
        label={t`付给谁`}
        hint={payees.length === 0 ? t`还没有核对过账号的收款方，先去登记。` : undefined}
        error={errors.payeeId ? t`请选付给谁` : undefined}
        {...form.register('payeeId', { required: true })}
      >
        <option value="">{t`请选`}</option>
        {payees.map(({ id, name, account }) => (
          <option key={id} value={id}>
            {`${name} ${account}`}
          </option>
        ))}
      </Select>
      <Select
        label={t`从哪一份`}
        hint={open.length === 0 ? t`现在没有能付的钱。` : undefined}
        error={errors.part ? t`请选从哪一份` : undefined}
        {...form.register('part', { required: true })}
      >
        <option value="">{t`请选`}</option>
        {open.map(({ part, rest }) => (
          <option key={part} value={part}>
            {t`${nameOf(part)}，还能付 ${amount({ unit: 'fen' }, rest)}`}
          </option>
        ))}
      </Select>
      <Input
        label={t`用途`}
        hint={t`大家都看得到，比如：第一批木料。`}
        error={errors.purpose ? t`请写用途，至少 4 个字` : undefined}
        {...form.register('purpose', { required: true, minLength: 4 })}
      />
    </>
  );
}

function useSending(campaignId: string, form: UseFormReturn<PayoutForm>) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [key, setKey] = useState(idempotencyKey);
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const send = form.handleSubmit(async ({ payeeId, part, purpose, vouchers }) => {
    setState({ busy: true });
    try {
      const body = {
        ...{ payeeId, part, purpose: purpose.trim(), amount: totalOf(vouchers) },
        vouchers: vouchers.map((voucher) => ({
          number: voucher.number.trim(),
          title: voucher.title.trim(),
          amount: fenOf(voucher.amount) ?? '',
          fileId: voucher.fileId || undefined,
          evidence: voucher.evidence.trim() || undefined,
        })),
      };
      const params = { path: { id: campaignId }, header: { 'Idempotency-Key': key } };
      const { id } = await must(http.POST('/v1/campaigns/{id}/payouts', { params, body }));
      await queries.invalidateQueries();
      await navigate({ to: '/console/funds/payouts/$id', params: { id } });
    } catch (error) {
      if (isProblem(error) && error.status < 500) setKey(idempotencyKey());
      setState({ busy: false, error });
    }
  });
  return { ...state, submit: (event: React.FormEvent) => void send(event) };
}
