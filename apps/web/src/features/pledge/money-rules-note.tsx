import { useLingui } from '@lingui/react/macro';
import type { Schemas } from '../../api/client';
import { wordsKey } from '../../lib/language';
import { Banner } from '../../ui/banner';

/** Before somebody promises money: who holds it, when it is taken, when it comes back, where it can be followed. */
export function MoneyRulesNote({ campaign }: { readonly campaign: Schemas['CampaignPageView'] }) {
  const { t } = useLingui();
  const key = wordsKey();
  const { money, policies } = campaign;
  return (
    <Banner tone="warn" title={t`钱怎么管`}>
      <ul>
        {money.custodian && <li>{t`钱直接进${money.custodian}的账户，平台不经手。`}</li>}
        {money.paymentWords && <li>{money.paymentWords[key]}</li>}
        <li>{policies.failure.words[key]}</li>
        <li>{t`每一笔都在公开的账本上，谁都可以提问。`}</li>
      </ul>
    </Banner>
  );
}
