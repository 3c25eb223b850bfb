import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '../../api/client';
import { isRefusal } from '../../api/problem';
import { Button } from '../../ui/button';
import { Input } from '../../ui/field';
import { Sheet } from '../../ui/sheet';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import styles from './mine.module.css';
import { phoneForm, usePhoneCode } from '../../app/phone-code';

/** Something that the api does only for whoever has proven within five minutes who they are. */
export function useProvenAct(act: () => Promise<void>) {
  const [state, setState] = useState<{ busy: boolean; error?: unknown; asksProof?: boolean }>({
    busy: false,
  });
  const run = async () => {
    setState({ busy: true });
    try {
      await act();
      setState({ busy: false });
    } catch (error) {
      const asksProof = isRefusal(error, 'second_factor_required');
      setState(asksProof ? { busy: false, asksProof } : { busy: false, error });
    }
  };
  const proof = state.asksProof && <Prove onProven={run} onClose={() => setState({ busy: false })} />;
  return { busy: state.busy, error: state.error, run, proof };
}

interface ProveProps {
  readonly onProven: () => Promise<void>;
  readonly onClose: () => void;
}

/** Staff prove it by their authenticator, neighbours by a new code to their own telephone. */
function Prove({ onProven, onClose }: ProveProps) {
  const { t } = useLingui();
  const sessions = api.useQuery('get', '/v1/me/sessions', {});
  const here = sessions.data?.items.find(({ current }) => current);
  return (
    <Sheet
      typing
      title={t`请再验一次身份`}
      lead={t`确认是您本人。验过以后五分钟内不用再验。`}
      onClose={onClose}
    >
      {sessions.error && <Trouble error={sessions.error} retry={() => void sessions.refetch()} />}
      {sessions.isPending && <Waiting />}
      {here && <ProofForm isStaff={here.kind === 'staff'} onProven={onProven} onClose={onClose} />}
    </Sheet>
  );
}

function ProofForm({ isStaff, onProven, onClose }: ProveProps & { readonly isStaff: boolean }) {
  const { t } = useLingui();
  const prove = api.useMutation('post', '/v1/sessions/second-factor', { onSuccess: onProven });
  const form = useForm({ defaultValues: { phone: '', code: '' } });
  const { errors } = form.formState;
  const sms = usePhoneCode(() => form.setFocus('code'));
  const { wait } = sms;
  const send = async () => {
    if (await form.trigger('phone', { shouldFocus: true })) sms.send(form.getValues('phone'));
  };
  const submit = form.handleSubmit(({ code }) => prove.mutate({ body: { code } }));
  const label = isStaff ? t`验证器上的 6 位数字` : t`短信里的 6 位数字`;
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      {!isStaff && (
        <>
          <Input
            label={t`您登录用的手机号`}
            type="tel"
            inputMode="numeric"
            autoComplete="tel-national"
            error={errors.phone ? t`请填 11 位手机号` : undefined}
            {...form.register('phone', { pattern: phoneForm, required: true })}
          />
          <Button busy={sms.isPending} disabled={wait > 0} onClick={() => void send()}>
            {wait > 0 ? t`${wait} 秒后可以再发` : sms.isSent ? t`再发一次` : t`发验证码`}
          </Button>
          {sms.error && <Trouble error={sms.error} />}
        </>
      )}
      <Input
        label={label}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        error={errors.code ? t`请填${label}` : undefined}
        {...form.register('code', { pattern: /^\d{6}$/, required: true })}
      />
      {prove.error && <Trouble error={prove.error} />}
      <div className={styles.actions}>
        <Button type="submit" look="main" busy={prove.isPending}>{t`确认身份`}</Button>
        <Button onClick={onClose}>{t`先不了`}</Button>
      </div>
    </form>
  );
}
