import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '../../api/client';
import { Page } from '../../app/page';
import { forgetReads, markSignedIn } from '../../app/session';
import { Button } from '../../ui/button';
import { Check, Input } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import { phoneForm, usePhoneCode } from '../../app/phone-code';
import { StaffSignIn } from './staff-sign-in';

/** By telephone and a code: nothing to remember and no puzzle. Staff have a password and an authenticator. */
export function SignInPage() {
  const { t } = useLingui();
  const { back } = useSearch({ from: '/login' });
  const [asStaff, setAsStaff] = useState(false);
  const queries = useQueryClient();
  const router = useRouter();
  const enter = async () => {
    markSignedIn(true);
    await forgetReads();
    // Everything that was read as a visitor may look different now.
    await queries.invalidateQueries();
    router.history.replace(back ?? (asStaff ? '/console' : '/'));
  };
  return (
    <Page
      title={asStaff ? t`工作人员登录` : t`登录`}
      lead={asStaff ? undefined : t`手机号加验证码，不用记密码。`}
    >
      {asStaff ? <StaffSignIn onEntered={enter} /> : <PhoneSignIn onEntered={enter} />}
      <Button look="quiet" onClick={() => setAsStaff(!asStaff)}>
        {asStaff ? t`我是居民` : t`我是社区工作人员`}
      </Button>
    </Page>
  );
}

const codeForm = /^\d{6}$/;

function PhoneSignIn({ onEntered }: { readonly onEntered: () => Promise<void> }) {
  const { t } = useLingui();
  const enter = api.useMutation('post', '/v1/sign-in', { onSuccess: onEntered });
  const form = useForm({ defaultValues: { phone: '', code: '', acceptsPrivacyNotice: false } });
  const { errors } = form.formState;
  const codeField = useRef<HTMLInputElement | null>(null);
  const sms = usePhoneCode(() => codeField.current?.focus());
  const { wait } = sms;
  const send = async () => {
    if (await form.trigger('phone', { shouldFocus: true })) sms.send(form.getValues('phone'));
  };
  const submit = form.handleSubmit((body) => enter.mutate({ body: { ...body, keep: 'cookie' } }));
  const phone = form.register('phone', { pattern: phoneForm, required: true });
  const code = form.register('code', { pattern: codeForm, required: true });
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Input
        label={t`手机号`}
        type="tel"
        inputMode="numeric"
        autoComplete="tel-national"
        error={errors.phone ? t`请填 11 位手机号` : undefined}
        {...phone}
      />
      <Button busy={sms.isPending} disabled={wait > 0} onClick={() => void send()}>
        {wait > 0 ? t`${wait} 秒后可以再发` : sms.isSent ? t`再发一次` : t`发验证码`}
      </Button>
      {sms.error && <Trouble error={sms.error} />}
      {sms.isSent && (
        <>
          <Input
            label={t`短信里的 6 位数字`}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            error={errors.code ? t`请填短信里的 6 位数字` : undefined}
            {...code}
            ref={(element) => {
              code.ref(element);
              codeField.current = element;
            }}
          />
          <Check label={t`我已阅读隐私说明`} {...form.register('acceptsPrivacyNotice')} />
          <Link to="/privacy" target="_blank">{t`隐私说明`}</Link>
          {enter.error && <Trouble error={enter.error} />}
          <Button type="submit" look="main" busy={enter.isPending}>{t`登录`}</Button>
        </>
      )}
    </form>
  );
}
