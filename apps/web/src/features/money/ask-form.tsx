import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { api } from '../../api/client';
import { Button } from '../../ui/button';
import { TextArea } from '../../ui/field';
import { Trouble } from '../../ui/trouble';

const textMax = 2000;

/** Asking the custodian about a line, in public. */
export function AskForm({ lineId }: { readonly lineId: string }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({ defaultValues: { text: '' } });
  const ask = api.useMutation('post', '/v1/book-lines/{id}/challenges', {
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries();
      await navigate({ to: '/challenges/$id', params: { id } });
    },
  });
  const submit = form.handleSubmit(({ text }) =>
    ask.mutate({ params: { path: { id: lineId } }, body: { text: text.trim() } }),
  );
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <TextArea
        label={t`我有疑问`}
        hint={t`管钱的单位要在期限内公开答复。请不要写别人的电话和门牌。`}
        maxLength={textMax}
        error={form.formState.errors.text ? t`请写下您的问题` : undefined}
        {...form.register('text', { required: true, minLength: 4 })}
      />
      {ask.error && <Trouble error={ask.error} />}
      <Button type="submit" look="main" busy={ask.isPending}>{t`提问`}</Button>
    </form>
  );
}
