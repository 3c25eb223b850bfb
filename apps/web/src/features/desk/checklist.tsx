import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { http, type Schemas } from '../../api/client';
import { must } from '../../api/must';
import { moment } from '../../lib/dates';
import { Banner } from '../../ui/banner';
import { Button } from '../../ui/button';
import { Chip, Chips } from '../../ui/chips';
import { FieldSet, Input } from '../../ui/field';
import { Trouble } from '../../ui/trouble';

import type { Campaign } from './things';
import styles from './review-page.module.css';
import { ITEMS, VERDICTS, type Item, type Verdict } from './review-words';

type Line = Schemas['ReviewLineView'];
type Judged = Record<Item, { verdict: Verdict | ''; reason: string }>;

interface ChecklistProps {
  readonly campaign: Campaign;
  readonly lines: readonly Line[];
}

const items = Object.keys(ITEMS) as Item[];

function latest({ campaign, lines }: ChecklistProps, item: Item): Line | undefined {
  return lines.filter((line) => line.item === item && line.round === campaign.round).at(-1);
}

function startOf(props: ChecklistProps): Judged {
  return Object.fromEntries(
    items.map((item) => {
      const line = latest(props, item);
      return [item, { verdict: line?.verdict ?? '', reason: line?.reason ?? '' }];
    }),
  ) as Judged;
}

function verdictsOf(judged: Judged): Schemas['VerdictBody'][] {
  return items.flatMap((item) => {
    const { verdict, reason } = judged[item];
    return verdict === '' ? [] : [{ item, verdict, reason: reason.trim() || undefined }];
  });
}

/** Point by point: good, to be changed and why, or not touched. What is judged is kept; approving or returning ends it. */
export function Checklist(props: ChecklistProps) {
  const { t } = useLingui();
  const form = useForm<Judged>({ defaultValues: startOf(props) });
  const judging = useJudging(props.campaign, form);
  if (props.campaign.state !== 'in_review') return <Past {...props} />;
  return (
    <form className={styles.list} noValidate onSubmit={(event) => event.preventDefault()}>
      <h2>{t`一条一条看`}</h2>
      {items.map((item) => (
        <Point key={item} item={item} form={form} />
      ))}
      {judging.error !== undefined && <Trouble error={judging.error} />}
      {judging.kept && <Banner tone="done" live title={t`记下了。`} />}
      <div className={styles.acts}>
        <Button look="main" busy={judging.busy} onClick={judging.approve}>{t`通过，开始公示`}</Button>
        <Button look="danger" busy={judging.busy} onClick={judging.giveBack}>{t`退回修改`}</Button>
        <Button busy={judging.busy} onClick={judging.keep}>{t`先记下`}</Button>
      </div>
    </form>
  );
}

function useJudging({ id, version }: Campaign, form: UseFormReturn<Judged>) {
  const queries = useQueryClient();
  const [state, setState] = useState<{ busy: boolean; kept: boolean; error?: unknown }>({
    busy: false,
    kept: false,
  });
  const params = { path: { id } };
  // Only what was read is approved: a change made meanwhile is refused.
  const headers = { 'If-Match': `"${version}"` };
  const run = (act: (verdicts: Schemas['VerdictBody'][]) => Promise<unknown>) =>
    form.handleSubmit(async (judged) => {
      setState({ busy: true, kept: false });
      try {
        await act(verdictsOf(judged));
        setState({ busy: false, kept: true });
        await queries.invalidateQueries();
      } catch (error) {
        setState({ busy: false, kept: false, error });
      }
    });
  const keep = (verdicts: Schemas['VerdictBody'][]) =>
    must(http.PUT('/v1/campaigns/{id}/review', { params, body: { items: verdicts } }));
  const keepAct = run(keep);
  const approveAct = run(async (verdicts) => {
    await keep(verdicts);
    await must(http.POST('/v1/campaigns/{id}/approve', { params, headers }));
  });
  const returnAct = run((verdicts) =>
    must(http.POST('/v1/campaigns/{id}/return', { params, headers, body: { items: verdicts } })),
  );
  return {
    ...state,
    keep: () => void keepAct(),
    approve: () => void approveAct(),
    giveBack: () => void returnAct(),
  };
}

function Point({ item, form }: { readonly item: Item; readonly form: UseFormReturn<Judged> }) {
  const { t, i18n } = useLingui();
  const verdict = form.watch(`${item}.verdict`);
  const error = form.formState.errors[item]?.reason;
  return (
    <div className={styles.item}>
      <FieldSet label={i18n._(ITEMS[item])}>
        <Chips>
          {(Object.keys(VERDICTS) as Verdict[]).map((one) => (
            <Chip key={one} value={one} {...form.register(`${item}.verdict`)}>
              {i18n._(VERDICTS[one])}
            </Chip>
          ))}
        </Chips>
      </FieldSet>
      {verdict === 'fix' && (
        <Input
          label={t`要怎么改`}
          hint={t`发起人会看到这句话。`}
          error={error ? t`请写明要怎么改` : undefined}
          {...form.register(`${item}.reason`, {
            validate: (reason) => form.getValues(`${item}.verdict`) !== 'fix' || reason.trim() !== '',
          })}
        />
      )}
    </div>
  );
}

/** How it was judged, for whoever looks later. */
function Past({ lines }: ChecklistProps) {
  const { t, i18n } = useLingui();
  return (
    <section className={styles.list}>
      <h2>{t`核实的经过`}</h2>
      {lines.length === 0 && <p>{t`还没有人核实过。`}</p>}
      {lines.map(({ round, item, verdict, reason, reviewer, at }) => (
        <div key={`${round} ${item} ${at}`} className={styles.item}>
          <p>
            {i18n._(ITEMS[item])} <b>{i18n._(VERDICTS[verdict])}</b>
          </p>
          {reason && <p>{reason}</p>}
          <p className={styles.past}>{t`第 ${round} 轮，${reviewer}，${moment(at)}`}</p>
        </div>
      ))}
    </section>
  );
}
