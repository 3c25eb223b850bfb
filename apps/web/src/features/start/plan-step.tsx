import { useLingui } from '@lingui/react/macro';
import { Button } from '../../ui/button';
import { Input, TextArea } from '../../ui/field';
import { put, type StepProps } from './drafts';
import { useStep } from './step-form';
import styles from './wizard.module.css';

interface Milestone {
  readonly title: string;
  readonly dueOn: string;
  /** Percent of the money, as typed. */
  readonly share: string;
}

const bpsOf = (share: string): number => Math.round(Number(share || '0') * 100);

export function PlanStep({ draft }: StepProps) {
  const { t } = useLingui();
  const asksMoney = draft.asks.some(({ kind }) => kind === 'money');
  const { form, change, frame } = useStep({
    step: 'plan',
    draft,
    first: () => ({
      plan: draft.plan,
      risks: draft.risks,
      steps: draft.milestones.map(({ title, dueOn, shareBps }) => ({
        title,
        dueOn,
        share: String(shareBps / 100),
      })) as readonly Milestone[],
    }),
    save: async (at, { plan, risks, steps }) =>
      put.milestones(await put.plan(at, { plan, risks }), {
        steps: steps.map(({ title, dueOn, share }) => ({ title, dueOn, shareBps: bpsOf(share) })),
      }),
  });
  const { steps } = form;
  const set = (index: number, part: Partial<Milestone>) =>
    change({ steps: steps.map((step, at) => (at === index ? { ...step, ...part } : step)) });
  return frame(
    <>
      <TextArea
        label={t`打算怎么做`}
        rows={6}
        maxLength={10_000}
        value={form.plan}
        onChange={(event) => change({ plan: event.target.value })}
      />
      <TextArea
        label={t`可能遇到什么麻烦，怎么办`}
        rows={3}
        maxLength={5_000}
        value={form.risks}
        onChange={(event) => change({ risks: event.target.value })}
      />
      <h2>{t`分几步`}</h2>
      {steps.map((step, index) => (
        <fieldset key={index} className={styles.card}>
          <legend>{t`第 ${index + 1} 步`}</legend>
          <Input
            label={t`做完什么`}
            maxLength={120}
            value={step.title}
            onChange={(event) => set(index, { title: event.target.value })}
          />
          <div className={styles.pair}>
            <Input
              label={t`到哪一天`}
              type="date"
              value={step.dueOn}
              onChange={(event) => set(index, { dueOn: event.target.value })}
            />
            {asksMoney && (
              <Input
                label={t`用多少钱`}
                hint={t`各步加起来是 100`}
                inputMode="decimal"
                suffix="%"
                value={step.share}
                onChange={(event) => set(index, { share: event.target.value })}
              />
            )}
          </div>
          <Button look="quiet" onClick={() => change({ steps: steps.filter((_, at) => at !== index) })}>
            {t`去掉这一步`}
          </Button>
        </fieldset>
      ))}
      <Button
        onClick={() =>
          change({
            steps: [...steps, { title: '', dueOn: '', share: steps.length === 0 && asksMoney ? '100' : '0' }],
          })
        }
      >
        {t`加一步`}
      </Button>
    </>,
  );
}
