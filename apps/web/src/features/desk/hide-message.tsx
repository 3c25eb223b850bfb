import { useLingui } from '@lingui/react/macro';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { Act, useAnswer } from '../console';

/** A message that names somebody or insults is put away; the reason stays to be read in its place. */
export function HideMessage({ challengeId }: { readonly challengeId: string }) {
  const { t } = useLingui();
  const { data } = useAnswer<Schemas['ThreadView']>('/v1/challenges/{id}', { id: challengeId });
  const shown = data?.messages.filter(({ text }) => text !== null) ?? [];
  if (shown.length === 0) return null;
  return (
    <Act
      label={t`收起一段话`}
      fields={[
        {
          name: 'messageId',
          label: t`哪一段`,
          kind: 'choice',
          options: shown.map(({ id, by, text }) => [id, `${by}：${(text ?? '').slice(0, 30)}`] as const),
        },
        { name: 'reason', label: t`为什么`, kind: 'text' },
      ]}
      run={({ messageId, reason }) =>
        must(
          http.POST('/v1/challenges/{id}/messages/{messageId}/hide', {
            params: { path: { id: challengeId, messageId } },
            body: { reason },
          }),
        )
      }
    />
  );
}
