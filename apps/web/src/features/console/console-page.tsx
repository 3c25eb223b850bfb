import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { http } from '../../api/client';
import { moment } from '../../lib/dates';
import { ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Trouble } from '../../ui/trouble';
import { Waiting } from '../../ui/waiting';
import { Act } from './act';
import styles from './console-page.module.css';
import type { Desk } from './desk';
import { DeskPage } from './desk-page';
import { must } from '../../api/must';
import { useWaits, type Wait } from './waits';

/** What waits today: the next thing large, the rest below it in the order in which it came. */
export function ConsolePage() {
  const { t } = useLingui();
  return <DeskPage title={t`今天要办的`}>{(desk) => <Queue desk={desk} />}</DeskPage>;
}

function Queue({ desk }: { readonly desk: Desk }) {
  const { t } = useLingui();
  const { waits, isPending, error, retry } = useWaits(desk);
  const [next, ...rest] = waits;
  if (isPending && !next) return <Waiting lines={5} />;
  return (
    <>
      {error !== null && <Trouble error={error} retry={retry} />}
      {next ? <Next wait={next} /> : !error && <Empty says={t`今天没有等着办的事。`} />}
      {rest.length > 0 && (
        <section aria-labelledby="rest">
          <h2 id="rest" className={styles.heading}>{t`后面还有 ${rest.length} 件`}</h2>
          <ul className={styles.rest}>
            {rest.map((wait) => (
              <li key={wait.id}>
                <Link {...wait.to}>
                  <b>{wait.what}</b> {wait.which}
                </Link>
                <time dateTime={wait.since}>{wait.since && moment(wait.since)}</time>
                {wait.taskId && <TaskDone id={wait.taskId} />}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Next({ wait }: { readonly wait: Wait }) {
  const { t } = useLingui();
  return (
    <section className={styles.next} aria-labelledby="next">
      <h2 id="next">{wait.what}</h2>
      {wait.which && <p>{wait.which}</p>}
      {wait.since && <p className={styles.since}>{t`${moment(wait.since)} 起等着`}</p>}
      <div className={styles.actions}>
        <ButtonLink look="main" {...wait.to}>
          {wait.taskId ? t`去看看` : t`处理这一件`}
        </ButtonLink>
        {wait.taskId && <TaskDone id={wait.taskId} />}
      </div>
    </section>
  );
}

function TaskDone({ id }: { readonly id: string }) {
  const { t } = useLingui();
  return (
    <Act
      label={t`办完了`}
      fields={[{ name: 'note', label: t`怎么办的`, kind: 'text', hint: t`写给以后查的人看。` }]}
      run={({ note }) => must(http.POST('/v1/tasks/{id}/done', { params: { path: { id } }, body: { note } }))}
    />
  );
}
