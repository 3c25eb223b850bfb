import { useLingui } from '@lingui/react/macro';
import { Page } from '../../app/page';

export function BookPage() {
  const { t } = useLingui();
  return <Page title={t`账本`}>{null}</Page>;
}
