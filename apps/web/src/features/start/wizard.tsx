import { useLingui } from '@lingui/react/macro';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, type ComponentType } from 'react';
import { api } from '../../api/client';
import { isProblem } from '../../api/problem';
import { Lost } from '../../app/lost';
import { Page } from '../../app/page';
import { Banner } from '../../ui/banner';
import { ButtonLink } from '../../ui/button';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import type { StepProps } from './drafts';
import { QUESTIONS, stepOf, STEPS, type Step } from './steps';
import styles from './wizard.module.css';

const pages: Readonly<Record<Step, ComponentType<StepProps>>> = {
  story: lazy(async () => ({ default: (await import('./story-step')).StoryStep })),
  place: lazy(async () => ({ default: (await import('./story-step')).PlaceStep })),
  asks: lazy(async () => ({ default: (await import('./asks-step')).AsksStep })),
  plan: lazy(async () => ({ default: (await import('./plan-step')).PlanStep })),
  money: lazy(async () => ({ default: (await import('./money-step')).MoneyStep })),
  deadline: lazy(async () => ({ default: (await import('./deadline-step')).DeadlineStep })),
  check: lazy(async () => ({ default: (await import('./check-step')).CheckStep })),
};

export function WizardPage() {
  const { t, i18n } = useLingui();
  const { id, step: text } = useParams({ from: '/start/$id/$step' });
  const step = stepOf(text);
  const { data, error, refetch } = api.useQuery('get', '/v1/campaigns/{id}', { params: { path: { id } } });
  if (!step || (isProblem(error) && error.status === 404)) return <Lost />;
  const at = STEPS.indexOf(step);
  const Questions = pages[step];
  return (
    <Page key={step} title={i18n._(QUESTIONS[step])} lead={data?.title}>
      <ol className={styles.way} aria-label={t`第 ${at + 1} 步，共 ${STEPS.length} 步`}>
        {STEPS.map((one, index) => (
          <li
            key={one}
            aria-current={one === step ? 'step' : undefined}
            className={index <= at ? styles.done : ''}
          />
        ))}
      </ol>
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting lines={5} />}
      {data && !data.may.edit && step !== 'check' && (
        <Banner tone="note" title={t`现在不能改了。`}>
          <ButtonLink to="/c/$id" params={{ id }}>{t`去看这件事`}</ButtonLink>
        </Banner>
      )}
      {data && (data.may.edit || step === 'check') && (
        <Suspense fallback={<Waiting lines={5} />}>
          <Questions key={`${id}-${step}`} draft={data} />
        </Suspense>
      )}
    </Page>
  );
}
