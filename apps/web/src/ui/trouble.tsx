import { useLingui } from '@lingui/react/macro';
import { useRouterState } from '@tanstack/react-router';
import { isProblem, type Problem } from '../api/problem';
import { Banner } from './banner';
import { Button, ButtonLink } from './button';

interface TroubleProps {
  readonly error: unknown;
  readonly retry?: () => void;
}

/** What went wrong and whose fault it is not, field by field where the api names fields; with a way on. */
export function Trouble({ error, retry }: TroubleProps) {
  const { t } = useLingui();
  const again = retry && <Button onClick={retry}>{t`再试一次`}</Button>;
  if (!isProblem(error))
    return <Banner tone="error" live title={t`没有连上，不是您的问题。`} actions={again} />;
  if (error.status === 401) return <SignedOut />;
  if (error.status >= 500) {
    return (
      <Banner tone="error" live title={t`没有连上，不是您的问题。`} actions={again}>
        <small>{error.instance}</small>
      </Banner>
    );
  }
  return (
    <Banner tone="error" live title={error.title} actions={again}>
      <Words problem={error} />
    </Banner>
  );
}

function SignedOut() {
  const { t } = useLingui();
  const here = useRouterState({ select: ({ location }) => location.href });
  return (
    <Banner
      tone="warn"
      live
      title={t`登录过期了，刚才填的还在。`}
      actions={<ButtonLink to="/login" search={{ back: here }}>{t`再登录一次`}</ButtonLink>}
    />
  );
}

function Words({ problem: { detail, errors = [] } }: { readonly problem: Problem }) {
  const { t } = useLingui();
  if (errors.length === 0) return <p>{detail}</p>;
  return (
    <ul>
      {errors.map(({ pointer, line, message }) => (
        <li key={`${pointer ?? line ?? ''} ${message}`}>
          {line === undefined ? message : t`第 ${line} 行：${message}`}
        </li>
      ))}
    </ul>
  );
}
