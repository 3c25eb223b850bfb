import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api, type Schemas } from '../../api/client';
import { useCommunityId } from '../../app/community';
import { NeedSignIn } from '../../app/need-sign-in';
import { Page } from '../../app/page';
import { Banner } from '../../ui/banner';
import { Button, ButtonLink } from '../../ui/button';
import { Chip, Chips } from '../../ui/chips';
import { FieldSet, Input, Select, TextArea } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import { isOpen, Memberships } from './memberships';

/** Where somebody lives: by the code of the notice at the door, or by asking the staff. */
export function JoinPage() {
  const { t } = useLingui();
  return (
    <Page title={t`居民认证`} lead={t`认证以后，才能在自己的社区里答应事情。`}>
      <NeedSignIn>{() => <Joining />}</NeedSignIn>
    </Page>
  );
}

function Joining() {
  const { t } = useLingui();
  const communityId = useCommunityId();
  const mine = api.useQuery('get', '/v1/me/memberships', {});
  if (!communityId) return <ButtonLink to="/communities" look="main">{t`先选社区`}</ButtonLink>;
  const isHere = (one: Schemas['MembershipItem']) => one.communityId === communityId && isOpen(one);
  return (
    <>
      {mine.error && <Trouble error={mine.error} retry={() => void mine.refetch()} />}
      {mine.data && <Memberships mine={mine.data} />}
      {mine.data && !mine.data.items.some(isHere) && <JoinForm communityId={communityId} />}
    </>
  );
}

function JoinForm({ communityId }: { readonly communityId: string }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [way, setWay] = useState<'code' | 'ask'>('code');
  const form = useForm({ defaultValues: { doorCode: '', estateId: '', door: '', note: '' } });
  const { errors } = form.formState;
  const estates = api.useQuery('get', '/v1/communities/{id}/estates', {
    params: { path: { id: communityId }, query: { limit: 100 } },
  });
  const join = api.useMutation('post', '/v1/memberships', { onSuccess: () => queries.invalidateQueries() });
  const submit = form.handleSubmit(({ doorCode, estateId, door, note }) =>
    join.mutate({
      body:
        way === 'code'
          ? { communityId, doorCode: doorCode.trim().toUpperCase() }
          : { communityId, estateId, door: door.trim(), ...(note.trim() ? { note: note.trim() } : {}) },
    }),
  );
  const needed = { required: true };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <FieldSet label={t`怎么认证`}>
        <Chips>
          <Chip
            name="way"
            checked={way === 'code'}
            onChange={() => setWay('code')}
          >{t`用门口通知上的号码`}</Chip>
          <Chip name="way" checked={way === 'ask'} onChange={() => setWay('ask')}>{t`请社区确认`}</Chip>
        </Chips>
      </FieldSet>
      {way === 'code' ? (
        <Input
          label={t`门口通知上的号码`}
          hint={t`像 K7MR-42VX 这样，大小写都行。`}
          autoComplete="off"
          autoCapitalize="characters"
          error={errors.doorCode ? t`请填门口通知上的号码` : undefined}
          {...form.register('doorCode', needed)}
        />
      ) : (
        <>
          <Select
            label={t`院落`}
            error={errors.estateId ? t`请选院落` : undefined}
            {...form.register('estateId', needed)}
          >
            <option value="">{t`请选`}</option>
            {estates.data?.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <Input
            label={t`门牌`}
            hint={t`比如 1栋1单元101`}
            error={errors.door ? t`请填门牌` : undefined}
            {...form.register('door', needed)}
          />
          <TextArea label={t`给社区的话（可以不填）`} rows={2} maxLength={200} {...form.register('note')} />
        </>
      )}
      {join.error && <Trouble error={join.error} />}
      {join.data && (
        <Banner
          tone="done"
          live
          title={join.data.state === 'verified' ? t`认证好了。` : t`已交给社区，确认后就能参加。`}
        />
      )}
      <Button type="submit" look="main" busy={join.isPending}>{t`提交`}</Button>
    </form>
  );
}
