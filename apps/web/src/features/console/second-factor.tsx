import { useLingui } from '@lingui/react/macro';
import { useForm } from 'react-hook-form';
import { api } from '../../api/client';
import { Button } from '../../ui/button';
import { Input } from '../../ui/field';
import { Sheet } from '../../ui/sheet';
import { Trouble } from '../../ui/trouble';
import styles from './act.module.css';

interface SecondFactorProps {
  readonly onProven: () => Promise<void>;
  readonly onClose: () => void;
}

/** Acts with money and with people's data want the authenticator again; then the act goes on by itself. */
export function SecondFactor({ onProven, onClose }: SecondFactorProps) {
  const { t } = useLingui();
  const prove = api.useMutation('post', '/v1/sessions/second-factor', { onSuccess: onProven });
  const form = useForm({ defaultValues: { code: '' } });
  const submit = form.handleSubmit((body) => prove.mutate({ body }));
  return (
    <Sheet
      typing
      title={t`请再验一次身份`}
      lead={t`这一步关系到钱或者别人的资料。验过以后五分钟内不用再验。`}
      onClose={onClose}
    >
      <form noValidate onSubmit={(event) => void submit(event)}>
        <Input
          label={t`验证器上的 6 位数字`}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          error={form.formState.errors.code ? t`请填验证器上的 6 位数字` : undefined}
          {...form.register('code', { required: true })}
        />
        {prove.error && <Trouble error={prove.error} />}
        <div className={styles.actions}>
          <Button type="submit" look="main" busy={prove.isPending}>{t`确认身份`}</Button>
          <Button onClick={onClose}>{t`先不了`}</Button>
        </div>
      </form>
    </Sheet>
  );
}
