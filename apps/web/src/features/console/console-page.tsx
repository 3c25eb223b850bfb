import { useLingui } from '@lingui/react/macro';
import { Page } from '../../app/page';

export function ConsolePage() {
  const { t } = useLingui();
  return <Page title={t`工作台`}>{null}</Page>;
}
