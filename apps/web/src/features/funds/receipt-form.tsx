import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm, useWatch, type UseFormReturn } from 'react-hook-form';
import { http } from '../../api/client';
import { must } from '../../api/must';
import { isProblem } from '../../api/problem';
import { idempotencyKey } from '../../lib/key';
import { fenOf } from '../../lib/quantities';
import { Button, ButtonLink } from '../../ui/button';
import { Input, Select } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import { DeskPage } from '../console';
import styles from './funds.module.css';
import { PledgeChoice } from './pledge-choice';
import { ProofFile } from './proof-file';

interface Typed {
  readonly campaignId: string;
  readonly pledgeId: string;
  readonly method: 'cash' | 'bank_transfer';
  readonly receiptNumber: string;
  readonly amount: string;
  readonly receivedAt: string;
  readonly evidence: string;
  readonly fileId: string;
}

/** Writing down money that a neighbour brought: whose it is, how much, and the photo of the slip. */
export function ReceiptFormPage() {
  const { t } = useLingui();
  return (
    <DeskPage
      title={t`登记一笔收款`}
      lead={t`给邻居开好收据，拍下来，再照着填。`}
      roles={['community_staff']}
    >
      {({ communityId }) => <ReceiptForm communityId={communityId} />}
    </DeskPage>
  );
}

function ReceiptForm({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui();
  const form = useForm<Typed>({
    defaultValues: {
      ...{ campaignId: '', pledgeId: '', method: 'cash', receiptNumber: '', amount: '' },
      ...{ receivedAt: '', evidence: '', fileId: '' },
    },
  });
  const { errors } = form.formState;
  const campaignId = useWatch({ control: form.control, name: 'campaignId' });
  const sending = useSending(form);
  return (
    <form className={styles.form} noValidate onSubmit={sending.submit}>
      <PledgeChoice
        communityId={communityId}
        campaignId={campaignId}
        campaign={form.register('campaignId', { required: true })}
        pledge={form.register('pledgeId', { required: true })}
        errors={{ campaignId: Boolean(errors.campaignId), pledgeId: Boolean(errors.pledgeId) }}
      />
      <Select label={t`怎么交的`} {...form.register('method')}>
        <option value="cash">{t`现金`}</option>
        <option value="bank_transfer">{t`银行转账`}</option>
      </Select>
      <Input
        label={t`收到多少`}
        inputMode="decimal"
        suffix={t`元`}
        error={errors.amount ? t`请填金额，比如 12.50` : undefined}
        {...form.register('amount', { validate: (typed) => fenOf(typed) !== null })}
      />
      <Input
        label={t`收据号码`}
        hint={t`开给邻居的那张纸上的号码。`}
        error={errors.receiptNumber ? t`请填收据号码` : undefined}
        {...form.register('receiptNumber', { required: true })}
      />
      <Input
        label={t`什么时候收的`}
        type="datetime-local"
        error={errors.receivedAt ? t`请填什么时候收的` : undefined}
        {...form.register('receivedAt', { required: true })}
      />
      <Evidence form={form} />
      {sending.error !== undefined && <Trouble error={sending.error} />}
      <div className={styles.acts}>
        <Button type="submit" look="main" busy={sending.busy}>{t`登记`}</Button>
        <ButtonLink to="/console/funds/receipts">{t`先不了`}</ButtonLink>
      </div>
    </form>
  );
}

function Evidence({ form }: { readonly form: UseFormReturn<Typed> }) {
  const { t } = useLingui();
  const { errors, isSubmitted } = form.formState;
  return (
    <>
      <ProofFile
        label={t`收据的照片`}
        hint={t`收现金一定要拍。`}
        purpose="receipt"
        onFile={(id) => form.setValue('fileId', id, { shouldValidate: isSubmitted })}
      />
      <Input
        label={t`凭据放在哪里`}
        error={errors.evidence ? t`请写凭据放在哪里，至少 4 个字` : undefined}
        {...form.register('evidence', { required: true, minLength: 4 })}
      />
    </>
  );
}

function useSending(form: UseFormReturn<Typed>) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [key, setKey] = useState(idempotencyKey);
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const send = form.handleSubmit(async ({ pledgeId, method, receiptNumber, fileId, ...typed }) => {
    setState({ busy: true });
    try {
      const body = {
        ...{ pledgeId, method, receiptNumber: receiptNumber.trim(), evidence: typed.evidence.trim() },
        amount: fenOf(typed.amount) ?? '',
        receivedAt: `${typed.receivedAt}:00+08:00`,
        fileIds: fileId ? [fileId] : [],
      };
      await must(http.POST('/v1/receipts', { params: { header: { 'Idempotency-Key': key } }, body }));
      await queries.invalidateQueries();
      await navigate({ to: '/console/funds/receipts' });
    } catch (error) {
      if (isProblem(error) && error.status < 500) setKey(idempotencyKey());
      setState({ busy: false, error });
    }
  });
  return { ...state, submit: (event: React.FormEvent) => void send(event) };
}
