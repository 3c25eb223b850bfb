import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { isProblem, isRefusal } from '../../api/problem';
import { idempotencyKey } from '../../lib/key';
import { Button } from '../../ui/button';
import { Sheet } from '../../ui/sheet';
import { Trouble } from '../../ui/trouble';
import styles from './act.module.css';
import { answersOf } from './answers';
import { Fields, startOf, type Field, type Typed, type Values } from './fields';
import { SecondFactor } from './second-factor';

interface ActProps<Name extends string, Answer> {
  readonly label: string;
  readonly look?: 'main' | 'plain' | 'quiet' | 'danger';
  /** What will happen, before it is done. */
  readonly lead?: ReactNode;
  readonly fields?: readonly Field<Name>[];
  /** `key` makes it happen once, however often it is sent. */
  readonly run: (answers: Values<Name>, key: string) => Promise<Answer>;
  /** What is shown once when it is done, such as a password that nobody sees again. */
  readonly done?: (answer: Answer) => ReactNode;
}

/** Something to do at the desk: a button, a sheet that asks what is needed, and the refusal in the api's words. */
export function Act<const Name extends string = never, Answer = unknown>(props: ActProps<Name, Answer>) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look={props.look} onClick={() => setOpen(true)}>
        {props.label}
      </Button>
      {open && <ActSheet {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Runs an act; where it wants a fresh second factor, asks for one and does the act again. */
function useAct<Name extends string, Answer>(
  { fields = [], run }: ActProps<Name, Answer>,
  onDone: (answer: Answer) => void,
) {
  const queries = useQueryClient();
  const [key, setKey] = useState(idempotencyKey);
  const [state, setState] = useState<{ busy: boolean; error?: unknown; proves?: Typed }>({ busy: false });
  const send = async (typed: Typed) => {
    setState({ busy: true });
    try {
      const answer = await run(answersOf(fields, typed), key);
      await queries.invalidateQueries();
      onDone(answer);
    } catch (error) {
      if (isRefusal(error, 'second_factor_required')) return setState({ busy: false, proves: typed });
      // What was refused did not happen; what is mended is another act.
      if (isProblem(error) && error.status < 500) setKey(idempotencyKey());
      setState({ busy: false, error });
    }
  };
  return { ...state, send };
}

function ActSheet<Name extends string, Answer>(
  props: ActProps<Name, Answer> & { readonly onClose: () => void },
) {
  const { t } = useLingui();
  const { label, lead, fields = [], done, onClose, look } = props;
  const [answer, setAnswer] = useState<{ readonly shown: Answer }>();
  const form = useForm<Typed>({ defaultValues: startOf(fields) });
  const act = useAct(props, (shown) => (done ? setAnswer({ shown }) : onClose()));
  const { proves } = act;
  if (answer) {
    return (
      <Sheet title={label} onClose={onClose}>
        <div className={styles.shown}>{done?.(answer.shown)}</div>
        <Button look="main" onClick={onClose}>{t`知道了`}</Button>
      </Sheet>
    );
  }
  if (proves) return <SecondFactor onClose={onClose} onProven={() => act.send(proves)} />;
  return (
    <Sheet title={label} lead={lead} typing={fields.length > 0} onClose={onClose}>
      <form noValidate onSubmit={(event) => void form.handleSubmit((typed) => act.send(typed))(event)}>
        <Fields fields={fields} form={form} />
        {act.error !== undefined && <Trouble error={act.error} />}
        <div className={styles.actions}>
          <Button type="submit" look={look === 'danger' ? 'danger' : 'main'} busy={act.busy}>
            {label}
          </Button>
          <Button onClick={onClose}>{t`先不了`}</Button>
        </div>
      </form>
    </Sheet>
  );
}
