import { useLingui } from '@lingui/react/macro';
import { Check, Input } from '../../ui/field';
import { put, rulesOf, type StepProps } from './drafts';
import { useStep } from './step-form';

const minutePrecision = 16;
const extensionDays = 7;
const extensionPercent = 80;

export function DeadlineStep({ draft }: StepProps) {
  const { t } = useLingui();
  const { form, change, frame } = useStep({
    step: 'deadline',
    draft,
    first: () => ({
      deadline: draft.deadline?.local.slice(0, minutePrecision) ?? '',
      mayExtend: draft.extension.daysMax > 0,
    }),
    save: (at, { deadline, mayExtend }) =>
      put.rules(at, {
        ...rulesOf(draft),
        deadline: deadline || null,
        extension: mayExtend
          ? { daysMax: extensionDays, reachedPercent: extensionPercent }
          : { daysMax: 0, reachedPercent: 0 },
      }),
  });
  return frame(
    <>
      <Input
        label={t`筹到什么时候`}
        hint={t`到点自动算结果：凑齐了就办，没凑齐就解除。公示的时间要算在前面。`}
        type="datetime-local"
        value={form.deadline}
        onChange={(event) => change({ deadline: event.target.value })}
      />
      <Check
        label={t`差一点点时，可以延长一次（到八成以上，最多七天）`}
        checked={form.mayExtend}
        onChange={(event) => change({ mayExtend: event.target.checked })}
      />
    </>,
  );
}
