import { useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isProblem } from '../../api/problem';
import { useKept } from '../../lib/kept';
import { Banner } from '../../ui/banner';
import { Button, ButtonLink } from '../../ui/button';
import { Trouble } from '../../ui/trouble';
import type { At, Draft } from './drafts';
import { STEPS, type Step } from './steps';
import styles from './wizard.module.css';

interface StepOf<Form> {
  readonly form: Form;
  /** With a function where the answer comes later, and what was typed meanwhile must stay. */
  readonly change: (part: Partial<Form> | ((now: Form) => Partial<Form>)) => void;
  readonly frame: (children: ReactNode) => ReactNode;
}

interface StepSettings<Form> {
  readonly step: Step;
  readonly draft: Draft;
  readonly first: () => Form;
  /** Writes the answers; each write names the version that it was made from. */
  readonly save: (at: At, form: Form) => Promise<At>;
}

/** One question: what is typed is kept on the device at once, and written when one goes on. */
export function useStep<Form extends object>({ step, draft, first, save }: StepSettings<Form>): StepOf<Form> {
  const [form, keep, forget] = useKept(`draft:${draft.id}:${step}`, first);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const next = STEPS[STEPS.indexOf(step) + 1] ?? 'check';
  const write = useMutation({
    mutationFn: () => save({ id: draft.id, version: draft.version }, form),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries();
      await navigate({ to: '/start/$id/$step', params: { id: draft.id, step: next } });
    },
  });
  const frame = (children: ReactNode): ReactNode => (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate();
      }}
    >
      {children}
      <SaveTrouble error={write.error} />
      <Foot draft={draft} step={step} busy={write.isPending} />
    </form>
  );
  const change: StepOf<Form>['change'] = (part) =>
    keep((now) => ({ ...now, ...(typeof part === 'function' ? part(now) : part) }));
  return { form, change, frame };
}

/** When somebody else has changed the draft meanwhile, a way to read it anew; else the api's own words. */
function SaveTrouble({ error }: { readonly error: unknown }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  if (!error) return null;
  if (isProblem(error) && error.status === 412) {
    return (
      <Banner
        tone="warn"
        live
        title={t`这份草稿在别处改过了。您刚才写的还在这里。`}
        actions={<Button onClick={() => void queries.invalidateQueries()}>{t`读最新的，再存一次`}</Button>}
      />
    );
  }
  return <Trouble error={error} />;
}

function Foot({ draft, step, busy }: { readonly draft: Draft; readonly step: Step; readonly busy: boolean }) {
  const { t } = useLingui();
  const before = STEPS[STEPS.indexOf(step) - 1];
  return (
    <div className={styles.foot}>
      {before ? (
        <ButtonLink to="/start/$id/$step" params={{ id: draft.id, step: before }}>{t`上一步`}</ButtonLink>
      ) : (
        <ButtonLink to="/me/campaigns">{t`先放着`}</ButtonLink>
      )}
      <Button type="submit" look="main" busy={busy}>{t`下一步`}</Button>
    </div>
  );
}
