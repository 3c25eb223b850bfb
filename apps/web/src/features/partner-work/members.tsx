import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api, type Schemas } from '../../api/client';
import type { Me } from '../../app/session';
import { date } from '../../lib/dates';
import { Button } from '../../ui/button';
import { Input, Select } from '../../ui/field';
import { Sheet } from '../../ui/sheet';
import { Trouble } from '../../ui/trouble';
import styles from './partner-work.module.css';

type Member = Schemas['PartnerMemberItem'];

interface MembersProps {
  readonly id: string;
  readonly me: Me;
  readonly members: readonly Member[];
  readonly isOwner: boolean;
  /** A person who is a partner stays one person. */
  readonly isBody: boolean;
}

/** Who acts for the partner. Its owners say so; everybody may leave, but for the last owner. */
export function Members({ id, me, members, isOwner, isBody }: MembersProps) {
  const { t } = useLingui();
  const [adds, setAdds] = useState(false);
  return (
    <section aria-labelledby="members">
      <h2 id="members" className={styles.section}>{t`谁代表它`}</h2>
      <ul className={styles.rows}>
        {members.map((member) => (
          <li key={member.personId}>
            <b>{member.maskedName}</b>
            <span>{member.duty === 'owner' ? t`负责人` : t`成员`}</span>
            <span className={styles.meta}>{t`${date(member.since)} 起`}</span>
            {isBody && (isOwner || member.personId === me.id) && <End id={id} member={member} me={me} />}
          </li>
        ))}
      </ul>
      {isOwner && isBody && (
        <div className={styles.actions}>
          <Button onClick={() => setAdds(true)}>{t`加一个人`}</Button>
        </div>
      )}
      {adds && <AddSheet id={id} onClose={() => setAdds(false)} />}
    </section>
  );
}

interface EndProps {
  readonly id: string;
  readonly member: Member;
  readonly me: Me;
}

function End({ id, member: { personId, maskedName }, me }: EndProps) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asks, setAsks] = useState(false);
  const isMe = personId === me.id;
  const end = api.useMutation('delete', '/v1/partners/{id}/members/{personId}', {
    onSuccess: async () => {
      setAsks(false);
      // Whoever left may not see the workbench any more.
      if (isMe) await navigate({ to: '/me/partner', replace: true });
      await queries.invalidateQueries();
    },
  });
  const words = isMe ? t`我不代表它了` : t`请 ${maskedName} 退出`;
  return (
    <span>
      <Button onClick={() => setAsks(true)}>{words}</Button>
      {asks && (
        <Sheet
          title={words}
          lead={isMe ? t`以后不能再用它的名义办事。` : t`以后他不能再用它的名义办事。`}
          onClose={() => setAsks(false)}
        >
          {end.error && <Trouble error={end.error} />}
          <div className={styles.actions}>
            <Button
              look="danger"
              busy={end.isPending}
              onClick={() => end.mutate({ params: { path: { id, personId } } })}
            >{t`退出`}</Button>
            <Button onClick={() => setAsks(false)}>{t`先不了`}</Button>
          </div>
        </Sheet>
      )}
    </span>
  );
}

function AddSheet({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const form = useForm<{ personId: string; duty: Member['duty'] }>({
    defaultValues: { personId: '', duty: 'member' },
  });
  const add = api.useMutation('post', '/v1/partners/{id}/members', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries();
    },
  });
  const submit = form.handleSubmit(({ personId, duty }) =>
    add.mutate({ params: { path: { id } }, body: { personId: personId.trim(), duty } }),
  );
  return (
    <Sheet
      typing
      title={t`加一个人`}
      lead={t`请他打开「我的」→「我的组织」，把上面的编号发给您。`}
      onClose={onClose}
    >
      <form noValidate onSubmit={(event) => void submit(event)}>
        <Input
          label={t`他的编号`}
          hint={t`per_ 开头的一串字。`}
          autoComplete="off"
          autoCapitalize="none"
          error={form.formState.errors.personId ? t`请填他的编号` : undefined}
          {...form.register('personId', { pattern: /^\s*per_[0-9a-z]+\s*$/, required: true })}
        />
        <Select label={t`当什么`} {...form.register('duty')}>
          <option value="member">{t`成员`}</option>
          <option value="owner">{t`负责人`}</option>
        </Select>
        {add.error && <Trouble error={add.error} />}
        <div className={styles.actions}>
          <Button type="submit" look="main" busy={add.isPending}>{t`加上`}</Button>
          <Button onClick={onClose}>{t`先不了`}</Button>
        </div>
      </form>
    </Sheet>
  );
}
