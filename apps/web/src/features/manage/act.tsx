import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/button';
import { Input, TextArea } from '../../ui/field';
import { Trouble } from '../../ui/trouble';
import styles from './manage.module.css';

interface Question {
  readonly label: string;
  readonly hint: string;
  /** A time as the clock in the community shows it, between two of the kind; words where there is none. */
  readonly between?: readonly [from: string, to: string];
}

interface ActProps {
  readonly label: string;
  /** What will happen, before it is done. */
  readonly consequences: readonly ReactNode[];
  readonly asks?: Question;
  readonly danger?: boolean;
  readonly run: (answer: string) => Promise<unknown>;
}

/** A step that cannot be taken back by pressing again: it opens, says what follows from it, and is done by a second press. */
export function Act({ label, consequences, asks, danger = false, run }: ActProps) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [answer, setAnswer] = useState('');
  const [state, setState] = useState<{ busy?: boolean; empty?: boolean; error?: unknown }>({});
  const close = () => {
    setOpen(false);
    setState({});
  };
  const send = async () => {
    if (asks && answer.trim() === '') return setState({ empty: true });
    setState({ busy: true });
    try {
      await run(answer.trim());
      await queries.invalidateQueries();
      close();
    } catch (error) {
      setState({ error });
    }
  };
  if (!open) {
    return <Button look={danger ? 'danger' : 'plain'} onClick={() => setOpen(true)}>{`${label}…`}</Button>;
  }
  const shared = { value: answer, error: state.empty ? t`这里要填` : undefined };
  return (
    <div className={styles.act} role="group" aria-label={label}>
      <h3>{label}</h3>
      <ul className={styles.consequences}>
        {consequences.map((words, at) => (
          <li key={at}>{words}</li>
        ))}
      </ul>
      {asks && <Answer {...asks} {...shared} onAnswer={setAnswer} />}
      {state.error !== undefined && <Trouble error={state.error} />}
      <p className={styles.acts}>
        <Button look={danger ? 'danger' : 'main'} busy={state.busy ?? false} onClick={() => void send()}>
          {label}
        </Button>
        <Button onClick={close}>{t`先不了`}</Button>
      </p>
    </div>
  );
}

interface AnswerProps extends Question {
  readonly value: string;
  readonly error: string | undefined;
  readonly onAnswer: (answer: string) => void;
}

function Answer({ between, onAnswer, ...field }: AnswerProps) {
  if (!between) return <TextArea {...field} rows={3} onChange={(event) => onAnswer(event.target.value)} />;
  const [min, max] = between;
  return (
    <Input
      {...field}
      type="datetime-local"
      min={min}
      max={max}
      onChange={(event) => onAnswer(event.target.value)}
    />
  );
}
