import { useLingui } from '@lingui/react/macro';
import { Page } from '../../app/page';

export function NeedsPage() {
  const { t } = useLingui();
  return <Page title={t`缺什么`}>{null}</Page>;
}
