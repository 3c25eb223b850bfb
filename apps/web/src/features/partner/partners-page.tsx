import { useLingui } from '@lingui/react/macro';
import { Page } from '../../app/page';

export function PartnersPage() {
  const { t } = useLingui();
  return <Page title={t`社会组织`}>{null}</Page>;
}
