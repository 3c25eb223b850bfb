import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { http } from '../../api/client';
import { must } from '../../api/must';
import { idempotencyKey } from '../../lib/key';
import { fenOf } from '../../lib/quantities';
import { Button } from '../../ui/button';
import { FieldSet, Input } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import styles from './manage.module.css';

/** An invoice or receipt as it is typed in; its photo is uploaded at once. */
export interface Voucher {
  readonly key: string;
  readonly number: string;
  readonly title: string;
  readonly yuan: string;
  readonly fileId: string | null;
  readonly evidence: string;
}

export const emptyVoucher = (): Voucher => ({
  ...{ key: idempotencyKey(), number: '', title: '', yuan: '', fileId: null, evidence: '' },
});

const isProven = ({ fileId, evidence }: Voucher): boolean => fileId !== null || evidence.trim().length >= 4;

export function isComplete(voucher: Voucher): boolean {
  const { number, title, yuan } = voucher;
  return number.trim() !== '' && title.trim().length >= 2 && fenOf(yuan) !== null && isProven(voucher);
}

interface VoucherFieldsProps {
  readonly at: number;
  readonly voucher: Voucher;
  readonly checked: boolean;
  readonly onChange: (voucher: Voucher) => void;
  readonly onDrop: (() => void) | undefined;
}

export function VoucherFields({ at, voucher, checked, onChange, onDrop }: VoucherFieldsProps) {
  const { t } = useLingui();
  const told = (isGood: boolean, words: string) => (checked && !isGood ? words : undefined);
  return (
    <FieldSet label={t`第 ${at + 1} 张凭证`}>
      <Input
        label={t`票号`}
        value={voucher.number}
        maxLength={60}
        error={told(voucher.number.trim() !== '', t`请填发票或收据上的号码`)}
        onChange={(event) => onChange({ ...voucher, number: event.target.value })}
      />
      <Input
        label={t`买了什么`}
        value={voucher.title}
        maxLength={120}
        error={told(voucher.title.trim().length >= 2, t`请写买了什么`)}
        onChange={(event) => onChange({ ...voucher, title: event.target.value })}
      />
      <Input
        label={t`金额`}
        inputMode="decimal"
        suffix={t`元`}
        value={voucher.yuan}
        error={told(fenOf(voucher.yuan) !== null, t`请填金额，比如 12.50`)}
        onChange={(event) => onChange({ ...voucher, yuan: event.target.value })}
      />
      <Photo voucher={voucher} onChange={onChange} />
      <Input
        label={t`没有照片，就写原件放在哪里`}
        value={voucher.evidence}
        maxLength={500}
        error={told(isProven(voucher), t`请传一张照片，或者写明原件放在哪里`)}
        onChange={(event) => onChange({ ...voucher, evidence: event.target.value })}
      />
      {onDrop && <Button look="quiet" onClick={onDrop}>{t`去掉这一张`}</Button>}
    </FieldSet>
  );
}

function Photo({ voucher, onChange }: Pick<VoucherFieldsProps, 'voucher' | 'onChange'>) {
  const { t } = useLingui();
  const [state, setState] = useState<{ readonly busy?: boolean; readonly error?: unknown }>({});
  const upload = async (file: File) => {
    setState({ busy: true });
    try {
      const { id } = await must(uploaded(file));
      setState({});
      onChange({ ...voucher, fileId: id });
    } catch (error) {
      setState({ error });
    }
  };
  return (
    <>
      <Input
        label={t`凭证的照片`}
        hint={t`拍清楚就行，JPEG、PNG、WebP 或者 PDF。只有管钱的人和您看得到。`}
        type="file"
        accept="image/jpeg,image/png,image/webp,application/pdf"
        onChange={({ target }) => target.files?.[0] && void upload(target.files[0])}
      />
      {state.busy && <Waiting lines={1} />}
      {voucher.fileId && (
        <p className={styles.note} role="status">
          {t`传好了。`} <a href={`/v1/files/${voucher.fileId}`}>{t`看一看`}</a>
        </p>
      )}
      {state.error !== undefined && <Trouble error={state.error} />}
    </>
  );
}

/** The bytes as they are: the document types them as text, the line carries them as the file has them. */
const uploaded = (file: File) =>
  http.POST('/v1/files', {
    params: { query: { purpose: 'voucher' } },
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file as unknown as string,
    bodySerializer: (body) => body,
  });
