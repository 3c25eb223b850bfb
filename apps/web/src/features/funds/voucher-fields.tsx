import { useLingui } from '@lingui/react/macro';
import type { UseFormReturn } from 'react-hook-form';
import { fenOf } from '../../lib/quantities';
import { Button } from '../../ui/button';
import { FieldSet, Input } from '../../ui/field';
import { ProofFile } from './proof-file';
import type { PayoutForm } from './vouchers';

interface VoucherFieldsProps {
  readonly form: UseFormReturn<PayoutForm>;
  readonly at: number;
  /** The first one stays. */
  readonly remove: (() => void) | null;
}

/** One invoice or receipt: its number, its sum, and the file or the words that prove it. */
export function VoucherFields({ form, at, remove }: VoucherFieldsProps) {
  const { t } = useLingui();
  const errors = form.formState.errors.vouchers?.[at];
  const name = <Field extends string>(field: Field) => `vouchers.${at}.${field}` as const;
  return (
    <FieldSet label={t`凭证 ${at + 1}`}>
      <Input
        label={t`号码`}
        hint={t`发票或收据上的号码。`}
        error={errors?.number ? t`请填凭证的号码` : undefined}
        {...form.register(name('number'), { required: true })}
      />
      <Input
        label={t`买了什么`}
        error={errors?.title ? t`请写买了什么` : undefined}
        {...form.register(name('title'), { required: true, minLength: 2 })}
      />
      <Input
        label={t`金额`}
        inputMode="decimal"
        suffix={t`元`}
        error={errors?.amount ? t`请填金额，比如 12.50` : undefined}
        {...form.register(name('amount'), { validate: (typed) => fenOf(typed) !== null })}
      />
      <ProofFile
        label={t`照片或 PDF`}
        purpose="voucher"
        onFile={(id) => form.setValue(name('fileId'), id, { shouldValidate: form.formState.isSubmitted })}
      />
      <Input
        label={t`没有文件，就写凭证在哪里`}
        error={errors?.evidence ? t`请传一个文件，或者写凭证在哪里` : undefined}
        {...form.register(name('evidence'), {
          validate: (typed, { vouchers }) => Boolean(vouchers[at]?.fileId) || typed.trim().length >= 4,
        })}
      />
      {remove && <Button look="quiet" onClick={remove}>{t`去掉这一张`}</Button>}
    </FieldSet>
  );
}
