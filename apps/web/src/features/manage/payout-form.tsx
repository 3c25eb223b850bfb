import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type Schemas } from '../../api/client';
import { idempotencyKey } from '../../lib/key';
import { fenOf, yuan } from '../../lib/quantities';
import { Button } from '../../ui/button';
import { Input, Select } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import type { OfCampaign } from './campaign';
import styles from './manage.module.css';
import { usePartName } from './part-name';
import { emptyVoucher, isComplete, VoucherFields, type Voucher } from './voucher-fields';

interface PayoutFormProps extends OfCampaign {
  readonly parts: readonly Schemas['BudgetPartView'][];
  readonly payees: readonly Schemas['PayeeView'][];
}

const vouchersMax = 20;

/** Asks for money of one step: for what, to whom, and the vouchers that prove it. Their sum is what is asked for. */
export function PayoutForm({ campaign, parts, payees }: PayoutFormProps) {
  const { t } = useLingui();
  const nameOf = usePartName();
  const [open, setOpen] = useState(false);
  const spendable = parts.filter(({ state, rest }) => state === 'open' && rest !== '0');
  const known = payees.filter(({ state }) => state === 'confirmed');
  if (spendable.length === 0) return <p className={styles.note}>{t`现在没有可以申请的钱。`}</p>;
  if (known.length === 0) return <p className={styles.note}>{t`有核对过的收款人，才能写用款申请。`}</p>;
  if (!open) return <Button look="main" onClick={() => setOpen(true)}>{t`写一份用款申请`}</Button>;
  return (
    <Form
      campaignId={campaign.id}
      parts={spendable.map(({ part, title, rest }) => [
        part,
        t`${title ?? nameOf(part)}，还剩 ¥${yuan(rest)}`,
      ])}
      payees={known.map(({ id, name, account }) => [id, `${name} ${account}`])}
      onDone={() => setOpen(false)}
    />
  );
}

type Choices = readonly (readonly [value: string, words: string])[];

interface FormProps {
  readonly campaignId: string;
  readonly parts: Choices;
  readonly payees: Choices;
  readonly onDone: () => void;
}

function Form({ campaignId, parts, payees, onDone }: FormProps) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [key] = useState(idempotencyKey);
  const [asked, setAsked] = useState({ part: '', payeeId: '', purpose: '' });
  const [vouchers, setVouchers] = useState<readonly Voucher[]>([emptyVoucher()]);
  const [checked, setChecked] = useState(false);
  const propose = api.useMutation('post', '/v1/campaigns/{id}/payouts', {
    onSuccess: async () => {
      await queries.invalidateQueries();
      onDone();
    },
  });
  const sum = vouchers.reduce((all, { yuan }) => all + BigInt(fenOf(yuan) ?? '0'), 0n).toString();
  const send = () => {
    setChecked(true);
    const isReady = asked.part && asked.payeeId && asked.purpose.trim().length >= 4;
    if (!isReady || !vouchers.every(isComplete)) return;
    const params = { path: { id: campaignId }, header: { 'Idempotency-Key': key } };
    const body = { ...asked, purpose: asked.purpose.trim(), amount: sum, vouchers: vouchers.map(bodyOf) };
    propose.mutate({ params, body });
  };
  const needed = (value: string) => (checked && value === '' ? t`请选一个` : undefined);
  return (
    <div className={styles.act} role="group" aria-label={t`用款申请`}>
      <Choice
        label={t`用哪一步的钱`}
        choices={parts}
        value={asked.part}
        error={needed(asked.part)}
        onChoose={(part) => setAsked({ ...asked, part })}
      />
      <Choice
        label={t`付给谁`}
        choices={payees}
        value={asked.payeeId}
        error={needed(asked.payeeId)}
        onChoose={(payeeId) => setAsked({ ...asked, payeeId })}
      />
      <Input
        label={t`做什么用`}
        hint={t`大家都看得到。`}
        value={asked.purpose}
        maxLength={300}
        error={checked && asked.purpose.trim().length < 4 ? t`请写明做什么用，至少 4 个字` : undefined}
        onChange={(event) => setAsked({ ...asked, purpose: event.target.value })}
      />
      {vouchers.map((voucher, at) => (
        <VoucherFields
          key={voucher.key}
          at={at}
          voucher={voucher}
          checked={checked}
          onChange={(changed) =>
            setVouchers(vouchers.map((one) => (one.key === changed.key ? changed : one)))
          }
          onDrop={
            vouchers.length > 1
              ? () => setVouchers(vouchers.filter(({ key }) => key !== voucher.key))
              : undefined
          }
        />
      ))}
      {vouchers.length < vouchersMax && (
        <Button onClick={() => setVouchers([...vouchers, emptyVoucher()])}>{t`加一张凭证`}</Button>
      )}
      <p className={styles.sum}>
        {t`一共`} <b className="num">¥{yuan(sum)}</b>
      </p>
      {propose.error && <Trouble error={propose.error} />}
      <p className={styles.acts}>
        <Button look="main" busy={propose.isPending} onClick={send}>{t`交上去批`}</Button>
        <Button onClick={onDone}>{t`先不了`}</Button>
      </p>
    </div>
  );
}

function bodyOf({ number, title, yuan, fileId, evidence }: Voucher): Schemas['PayoutVoucherBody'] {
  return {
    number: number.trim(),
    title: title.trim(),
    amount: fenOf(yuan) ?? '0',
    ...(fileId ? { fileId } : {}),
    ...(evidence.trim() ? { evidence: evidence.trim() } : {}),
  };
}

interface ChoiceProps {
  readonly label: string;
  readonly choices: Choices;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChoose: (value: string) => void;
}

function Choice({ label, choices, value, error, onChoose }: ChoiceProps) {
  const { t } = useLingui();
  return (
    <Select label={label} value={value} error={error} onChange={(event) => onChoose(event.target.value)}>
      <option value="">{t`请选`}</option>
      {choices.map(([id, words]) => (
        <option key={id} value={id}>
          {words}
        </option>
      ))}
    </Select>
  );
}
