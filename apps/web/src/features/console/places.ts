import { useLingui } from '@lingui/react/macro';
import type { LinkProps } from '@tanstack/react-router';
import type { Desk, Role } from './desk';

interface Place {
  readonly to: NonNullable<LinkProps['to']>;
  readonly words: string;
}

interface Group {
  readonly name: string;
  readonly places: readonly Place[];
}

/** What of the desk somebody may open, in groups. */
export function usePlaces(desk: Desk): Group[] {
  const { t } = useLingui();
  const place = (to: Place['to'], words: string, ...roles: readonly Role[]): Place[] =>
    roles.length === 0 || desk.is(...roles) ? [{ to, words }] : [];
  const money: readonly Role[] = ['community_staff', 'fund_approver', 'auditor'];
  const groups: Group[] = [
    {
      name: t`社区`,
      places: [
        ...place('/console', t`今天要办的`),
        ...place('/console/reviews', t`核实众筹`, 'community_staff'),
        ...place('/console/residents', t`居民`, 'community_staff'),
        ...place('/console/assist', t`替居民办`, 'community_staff'),
        ...place('/console/questions', t`提问和异议`, 'community_staff'),
        ...place('/console/partners', t`合伙人`, 'community_staff', 'platform_admin'),
        ...place('/console/policies', t`社区的规矩`, 'community_staff'),
        ...place('/console/imports', t`导入和导出`, 'community_staff', 'platform_admin'),
      ],
    },
    {
      name: t`钱`,
      places: [
        ...place('/console/funds', t`付款`, ...money),
        ...place('/console/funds/receipts', t`手工收款`, ...money),
        ...place('/console/funds/bank', t`银行流水`, ...money),
        ...place('/console/funds/refunds', t`退款`, 'fund_approver', 'auditor'),
        ...place('/console/funds/bills', t`对账`, 'fund_approver', 'auditor'),
        ...place('/console/funds/differences', t`对不上的地方`, 'fund_approver', 'auditor'),
        ...place('/console/funds/custody', t`托管账户`, ...money),
        ...place('/console/funds/pools', t`配捐资金池`, ...money),
      ],
    },
    {
      name: t`平台`,
      places: [...place('/console/platform/roles', t`岗位`, 'platform_admin', 'auditor')],
    },
  ];
  return groups.filter(({ places }) => places.length > 0);
}
