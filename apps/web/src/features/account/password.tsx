import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { http } from '../../api/client';
import { must } from '../../api/must';
import { isRefusal } from '../../api/problem';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { Banner } from '../../ui/banner';
import { Button, ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Input } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import { useState } from 'react';
import { useProvenAct } from './prove';

/** Only staff have a password; neighbours sign in by telephone. */
export function PasswordPage() {
  const { t } = useLingui();
  return (
    <Page title={t`改密码`} lead={t`改好以后，您在别处的登录都会退出。`}>
      <NeedSignIn>
        {(me) =>
          me.roles.length > 0 ? (
            <PasswordForm />
          ) : (
            <Empty says={t`您用手机号登录，没有密码。`}>
              <ButtonLink look="main" to="/me">{t`回到我的`}</ButtonLink>
            </Empty>
          )
        }
      </NeedSignIn>
    </Page>
  );
}

const first = { current: '', next: '', again: '' };

function PasswordForm() {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [isDone, setDone] = useState(false);
  const form = useForm({ defaultValues: first });
  const { errors } = form.formState;
  const change = useProvenAct(async () => {
    const { current, next } = form.getValues();
    await must(http.PUT('/v1/me/password', { body: { current, next } }));
    form.reset(first);
    setDone(true);
    await queries.invalidateQueries();
  });
  const submit = form.handleSubmit(() => {
    setDone(false);
    return change.run();
  });
  const isWrong = isRefusal(change.error, 'sign_in_refused');
  return (
    <>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <Input
          label={t`现在的密码`}
          type="password"
          autoComplete="current-password"
          error={errors.current ? t`请填现在的密码` : isWrong ? t`现在的密码不对` : undefined}
          {...form.register('current', { required: true })}
        />
        <Input
          label={t`新密码`}
          hint={t`12 到 128 个字符，不要太有规律，不要带账号。`}
          type="password"
          autoComplete="new-password"
          error={errors.next ? t`新密码要 12 到 128 个字符` : undefined}
          {...form.register('next', { required: true, minLength: 12, maxLength: 128 })}
        />
        <Input
          label={t`再填一次新密码`}
          type="password"
          autoComplete="new-password"
          error={errors.again ? t`两次填的不一样` : undefined}
          {...form.register('again', { validate: (typed, { next }) => typed === next })}
        />
        {change.error !== undefined && !isWrong && <Trouble error={change.error} />}
        {isDone && <Banner tone="done" live title={t`密码改好了。`} />}
        <Button type="submit" look="main" busy={change.busy}>{t`改密码`}</Button>
      </form>
      {change.proof}
    </>
  );
}
