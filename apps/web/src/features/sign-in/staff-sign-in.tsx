import { useLingui } from '@lingui/react/macro';
import { useForm } from 'react-hook-form';
import { api } from '../../api/client';
import { Button } from '../../ui/button';
import { Input } from '../../ui/field';
import { Trouble } from '../../ui/trouble';

export function StaffSignIn({ onEntered }: { readonly onEntered: () => Promise<void> }) {
  const { t } = useLingui();
  const enter = api.useMutation('post', '/v1/sign-in/staff', { onSuccess: onEntered });
  const form = useForm({ defaultValues: { login: '', password: '', totp: '' } });
  const { errors } = form.formState;
  const submit = form.handleSubmit((body) => enter.mutate({ body: { ...body, keep: 'cookie' } }));
  const needed = { required: true };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Input
        label={t`账号`}
        autoComplete="username"
        error={errors.login ? t`请填账号` : undefined}
        {...form.register('login', needed)}
      />
      <Input
        label={t`密码`}
        type="password"
        autoComplete="current-password"
        error={errors.password ? t`请填密码` : undefined}
        {...form.register('password', needed)}
      />
      <Input
        label={t`验证器上的 6 位数字`}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        error={errors.totp ? t`请填验证器上的 6 位数字` : undefined}
        {...form.register('totp', needed)}
      />
      {enter.error && <Trouble error={enter.error} />}
      <Button type="submit" look="main" busy={enter.isPending}>{t`登录`}</Button>
    </form>
  );
}
