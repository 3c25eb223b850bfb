import { useLingui } from '@lingui/react/macro';
import type { Schemas } from '../../api/client';

export function useOwnerKinds(): Record<Schemas['CustodyAccountView']['ownerKind'], string> {
  const { t } = useLingui();
  return {
    residents_committee: t`居委会`,
    foundation: t`基金会`,
    partner: t`社会组织`,
    owners: t`业主大会`,
  };
}

export function useGatewayWords(): Record<Schemas['ChannelView']['gateway'], string> {
  const { t } = useLingui();
  return { wechat: t`微信支付`, alipay: t`支付宝`, sandbox: t`演示用的支付`, offline: t`手工` };
}
