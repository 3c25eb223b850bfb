import { useLingui } from '@lingui/react/macro';
import { Button } from '../../ui/button';
import { KIND, KINDS } from '../../ui/kinds';
import { AskEditor } from './ask-editor';
import { bodyOfAsk, formOfAsk, newAsk, type AskForm } from './ask-form';
import { put, type StepProps } from './drafts';
import { useStep } from './step-form';
import styles from './wizard.module.css';

export function AsksStep({ draft }: StepProps) {
  const { t, i18n } = useLingui();
  const { form, change, frame } = useStep({
    step: 'asks',
    draft,
    first: () => ({ asks: draft.asks.map(formOfAsk) as readonly AskForm[] }),
    save: (at, { asks }) => put.goal(at, { asks: asks.map(bodyOfAsk) }),
  });
  const { asks } = form;
  return frame(
    <>
      {asks.map((ask, index) => (
        <AskEditor
          key={index}
          ask={ask}
          change={(part) =>
            change({ asks: asks.map((one, at) => (at === index ? { ...one, ...part } : one)) })
          }
          remove={() => change({ asks: asks.filter((_, at) => at !== index) })}
        />
      ))}
      <h2>{t`加一样`}</h2>
      <div className={styles.kinds}>
        {KINDS.map((kind) => (
          <Button key={kind} onClick={() => change({ asks: [...asks, newAsk(kind)] })}>
            {i18n._(KIND[kind].name)}
          </Button>
        ))}
      </div>
    </>,
  );
}
