import { useLingui } from '@lingui/react/macro';
import { Page } from '../../app/page';

export function StartPage() {
  const { t } = useLingui();
  return <Page title={t`发起一件事`}>{null}</Page>;
}
