import { useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { http } from '../../api/client';
import { must } from '../../api/must';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import type { Me } from '../../app/session';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { Check, Input } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import styles from './mine.module.css';

export function ProfilePage() {
  const { t } = useLingui();
  return (
    <Page title={t`名字和生日`} lead={t`别人只看得到「王**」这样，除非您同意公开全名。`}>
      <NeedSignIn>{(me) => <ProfileForm me={me} />}</NeedSignIn>
    </Page>
  );
}

interface Typed {
  readonly name: string;
  readonly birthDate: string;
  readonly acceptsNotice: boolean;
}

/** Sends what was filled in. Nothing personal is kept before the notice in force was read. */
async function save({ name, birthDate, acceptsNotice }: Typed): Promise<void> {
  if (acceptsNotice) {
    const kind = 'privacy_notice';
    const { items } = await must(http.GET('/v1/consents/terms'));
    const terms = items.find((one) => one.kind === kind);
    if (terms) await must(http.POST('/v1/me/consents', { body: { kind, version: terms.version } }));
  }
  await must(http.PATCH('/v1/me', { body: { ...(name && { name }), ...(birthDate && { birthDate }) } }));
}

function ProfileForm({ me }: { readonly me: Me }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const form = useForm<Typed>({ defaultValues: { name: '', birthDate: '', acceptsNotice: false } });
  const { errors } = form.formState;
  const write = useMutation({
    mutationFn: save,
    onSuccess: async () => {
      await queries.invalidateQueries();
      form.reset();
    },
  });
  const submit = form.handleSubmit((typed) => write.mutate({ ...typed, name: typed.name.trim() }));
  const isBirthKnown = me.ageClass !== null;
  const isNoticeRead = me.consents.includes('privacy_notice');
  const named = (name: string, { birthDate }: Typed) => name.trim() !== '' || birthDate !== '';
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Input
        label={me.hasName ? t`改名字` : t`名字`}
        hint={me.hasName ? t`现在是 ${me.maskedName}。按身份证上的写。` : t`按身份证上的写。`}
        autoComplete="name"
        maxLength={40}
        error={errors.name ? t`请填名字` : undefined}
        {...form.register('name', { validate: named })}
      />
      {isBirthKnown ? (
        <p className={styles.fixed}>{t`生日已经登记。填错了请带证件到社区更正。`}</p>
      ) : (
        <Input
          label={t`生日`}
          hint={t`只能填一次。有的事分年龄，所以要问。`}
          type="date"
          autoComplete="bday"
          {...form.register('birthDate')}
        />
      )}
      {!isNoticeRead && (
        <>
          <Check
            label={t`我已阅读隐私说明`}
            error={errors.acceptsNotice ? t`请先看隐私说明，再勾上` : undefined}
            {...form.register('acceptsNotice', { required: true })}
          />
          <p>
            <Link to="/privacy" target="_blank">{t`隐私说明`}</Link>
          </p>
        </>
      )}
      {write.error && <Trouble error={write.error} />}
      {write.isSuccess && <Banner tone="done" live title={t`存好了。`} />}
      <Button type="submit" look="main" busy={write.isPending}>{t`保存`}</Button>
    </form>
  );
}
