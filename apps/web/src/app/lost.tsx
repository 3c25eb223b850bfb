import { useLingui } from '@lingui/react/macro';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { ButtonLink } from '../ui/button';
import { Empty } from '../ui/empty';
import { Trouble } from '../ui/trouble';
import { Page } from './page';

export function Lost() {
  const { t } = useLingui();
  return (
    <Page title={t`这里没有这一页`}>
      <Empty says={t`可能链接旧了，也可能这件事只给本社区的人看。`}>
        <ButtonLink to="/" look="main">{t`回到身边`}</ButtonLink>
      </Empty>
    </Page>
  );
}

export function Broken({ error, reset }: ErrorComponentProps) {
  const { t } = useLingui();
  return (
    <Page title={t`这一页没打开`}>
      <Trouble error={error} retry={reset} />
      <ButtonLink to="/">{t`回到身边`}</ButtonLink>
    </Page>
  );
}
