import type {
  Campaign,
  FailurePolicy,
  LegalType,
  PaymentMode,
  ScopeChangePolicy,
  SurplusPolicy,
} from './campaign.js';
import type { Payee } from './legal-type.js';

/** The same sentence in the languages of the page. */
export interface Words {
  readonly 'zh-CN': string;
  readonly en: string;
}

const words = (zh: string, en: string): Words => ({ 'zh-CN': zh, en });

export const FAILURE_WORDS: Readonly<Record<FailurePolicy, Words>> = {
  refund_all: words(
    '没凑齐，所有承诺解除，已付的钱全部退还。',
    'If the goal is missed, every promise is void and all money paid is returned.',
  ),
  release_all: words('没凑齐，所有承诺解除。', 'If the goal is missed, every promise is void.'),
  charity_plan: words(
    '没凑齐，按慈善组织公布的方案处理。',
    'If the goal is missed, the charity’s own published plan applies.',
  ),
};

export const SURPLUS_WORDS: Readonly<Record<SurplusPolicy, Words>> = {
  none: words('这次不收钱，没有结余。', 'No money is collected, so nothing is left over.'),
  refund_pro_rata: words(
    '有结余，按各家出资比例退还。',
    'Money left over is returned in proportion to what each paid.',
  ),
  community_fund: words('有结余，转入社区基金。', 'Money left over goes to the community fund.'),
  price_falls: words(
    '有结余，每份价格相应降低，多收的退还。',
    'Money left over lowers the price; what was paid above it is returned.',
  ),
  owners_decide: words('有结余，由业主共同决定。', 'The owners decide together about money left over.'),
  similar_purpose: words(
    '有结余，用于目的相近的项目并公示。',
    'Money left over goes to a similar purpose and is published.',
  ),
};

export const SCOPE_CHANGE_WORDS: Readonly<Record<ScopeChangePolicy, Words>> = {
  reconsent_or_refund: words(
    '用途需要改变时，请每位参与者重新同意；不同意的，承诺解除、已付的钱退还。',
    'If the purpose must change, everybody is asked again; who does not agree is released and gets the money back.',
  ),
};

export const PAYMENT_WORDS: Readonly<Record<PaymentMode, Words>> = {
  pay_on_success: words(
    '先承诺，成立以后才付款。',
    'You promise now and pay only after the campaign succeeds.',
  ),
  pay_now: words('现在付款，没凑齐全部退还。', 'You pay now and get everything back if the goal is missed.'),
  offline: words(
    '现金或转账交给保管方，由两人登记核对。',
    'You pay the custodian in cash or by transfer; two people record it.',
  ),
};

export const LEGAL_WORDS: Readonly<Record<LegalType, Words>> = {
  mutual_aid: words('社区互助互济', 'Mutual aid inside the community'),
  service_preorder: words('定制服务预订', 'Pre-order of a service'),
  owners_fund: words('业主共同资金', 'Owners’ common fund'),
  targeted_fund: words('定向募捐（基金成员）', 'Targeted fundraising among fund members'),
  public_charity: words('公开募捐（在指定平台进行）', 'Public fundraising on a designated platform'),
  in_kind_only: words('只出力出物，不收钱', 'Work and goods only, no money'),
};

export const PAYEE_WORDS: Readonly<Record<Payee, Words>> = {
  residents_committee: words('居民委员会', 'residents’ committee'),
  community_fund_of_a_foundation: words('基金会的社区基金', 'community fund of a foundation'),
  providing_partner: words('提供服务的合伙人', 'partner that provides the service'),
  custodian_by_trust: words('信托约定的保管方', 'custodian under a trust agreement'),
  owners_account: words('业主共同账户', 'owners’ account'),
  foundation: words('基金会', 'foundation'),
  charity: words('慈善组织', 'charity'),
  nobody: words('不收钱', 'nobody: no money is taken'),
};

/** The extension rule as a sentence; with 0 days there is none. */
export function extensionWords({ extension, extendedAt }: Pick<Campaign, 'extension' | 'extendedAt'>): Words {
  const { daysMax, reachedPercent } = extension;
  if (daysMax === 0) return words('截止时间不会改变。', 'The deadline does not move.');
  if (extendedAt)
    return words('截止时间已延长过一次，不会再变。', 'The deadline was moved once and does not move again.');
  return words(
    `每个必需项都达到最低目标的 ${reachedPercent}% 时，发起人可以延长一次，最多 ${daysMax} 天。`,
    `Once every required ask has reached ${reachedPercent} % of its minimum, the organiser may move the deadline once, by at most ${daysMax} days.`,
  );
}
