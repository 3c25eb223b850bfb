import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client';
import { Button } from '../../ui/button';
import { TextArea } from '../../ui/field';
import { Trouble } from '../../ui/trouble';

const textMax = 1000;

interface OfCampaign {
  readonly campaignId: string;
}
interface OfObjection extends OfCampaign {
  readonly objectionId: string;
}

function useAfter() {
  const queries = useQueryClient();
  return { onSuccess: () => queries.invalidateQueries() };
}

export function RaiseObjection({ campaignId }: OfCampaign) {
  const { t } = useLingui();
  const raise = api.useMutation('post', '/v1/campaigns/{id}/objections', useAfter());
  return (
    <Say
      label={t`我有意见`}
      hint={t`写清楚为什么，大家都看得到。请不要写别人的电话和门牌。`}
      act={t`提出意见`}
      busy={raise.isPending}
      error={raise.error}
      say={(text) => raise.mutate({ params: { path: { id: campaignId } }, body: { text } })}
    />
  );
}

export function AnswerObjection({ campaignId, objectionId }: OfObjection) {
  const { t } = useLingui();
  const answer = api.useMutation('post', '/v1/campaigns/{id}/objections/{objectionId}/answer', useAfter());
  const path = { id: campaignId, objectionId };
  return (
    <Say
      label={t`答复这条意见`}
      hint={t`答复是公开的，发出去就不能改。`}
      act={t`答复`}
      busy={answer.isPending}
      error={answer.error}
      say={(text) => answer.mutate({ params: { path }, body: { answer: text } })}
    />
  );
}

export function WithdrawObjection({ campaignId, objectionId }: OfObjection) {
  const { t } = useLingui();
  const withdraw = api.useMutation(
    'post',
    '/v1/campaigns/{id}/objections/{objectionId}/withdraw',
    useAfter(),
  );
  const path = { id: campaignId, objectionId };
  return (
    <>
      {withdraw.error && <Trouble error={withdraw.error} />}
      <Button busy={withdraw.isPending} onClick={() => withdraw.mutate({ params: { path } })}>
        {t`收回这条意见`}
      </Button>
    </>
  );
}

interface SayProps {
  readonly label: string;
  readonly hint: string;
  readonly act: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly say: (text: string) => void;
}

function Say({ label, hint, act, busy, error, say }: SayProps) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const [empty, setEmpty] = useState(false);
  const send = () => {
    const said = text.trim();
    setEmpty(said === '');
    if (said !== '') say(said);
  };
  return (
    <div>
      <TextArea
        label={label}
        hint={hint}
        value={text}
        maxLength={textMax}
        error={empty ? t`请先写几个字` : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      {error ? <Trouble error={error} /> : null}
      <Button look="main" busy={busy} onClick={send}>
        {act}
      </Button>
    </div>
  );
}
