import { useLingui } from '@lingui/react/macro';
import { isProblem } from '../api/problem';
import { Banner } from './banner';
import { Button } from './button';

/** What went wrong and whose fault it is not; with a way on. */
export function Trouble({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const { t } = useLingui();
  const words = wordsOf(error, t`没有连上，不是您的问题。`);
  return (
    <Banner
      tone="error"
      live
      title={words.title}
      actions={retry && <Button onClick={retry}>{t`再试一次`}</Button>}
    >
      {words.detail && <p>{words.detail}</p>}
      {words.small && <small>{words.small}</small>}
    </Banner>
  );
}

function wordsOf(error: unknown, offline: string): { title: string; detail?: string; small?: string } {
  if (!isProblem(error)) return { title: offline };
  if (error.status >= 500) return { title: offline, small: error.instance ?? '' };
  return { title: error.title, detail: error.detail };
}
