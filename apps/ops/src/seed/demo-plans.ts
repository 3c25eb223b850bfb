import type { AskDraft, Category, DraftPart, PaymentMode } from '@hehuo/campaign';
import { attention, dayAfter, gifts, hands, ideas, loans, money, skill } from './demo-asks.js';

/** What one campaign of the demo says. Everything is invented; sums and texts are examples, no quotes. */
export interface DemoPlan {
  readonly title: string;
  readonly lead: string;
  readonly story: string;
  readonly place: string;
  readonly category: Category;
  /** Null: no money is asked for. */
  readonly paymentMode: PaymentMode | null;
  /** In fen. */
  readonly costs: readonly { readonly title: string; readonly amount: bigint }[];
  /** Whether the demo's pool of match funds stands behind it. */
  readonly matched?: true;
  asks(deadline: Date): readonly AskDraft[];
}

const inKind = { paymentMode: null, costs: [] } as const;

export const CLEANUP: DemoPlan = {
  ...inKind,
  title: '两分钟后截止：周末一起整理公共院坝',
  lead: '有人出力、有人借工具、有人出主意，截止后自动结算',
  story: '院坝堆了很多杂物，孩子没有地方玩。大家一起清出来，周末就能用。',
  place: '一栋前的公共院坝',
  category: 'community_service',
  asks: (deadline) => [
    hands('清理院坝', deadline, 480n),
    skill('检查院坝的电线', '电工', deadline),
    loans('推车和铁铲', '件', deadline),
    gifts('垃圾袋和手套', '包', 5n),
    ideas('院坝以后怎么用'),
    attention('我家也想把院坝整理好'),
  ],
};

export const FLOWERS: DemoPlan = {
  title: '楼下共享花架',
  lead: '买一组花架，邻居轮流养护',
  story: '楼下有一块空地，常有人说想种点花。先做一组花架，谁家愿意都可以来照看。',
  place: '二栋南面空地',
  matched: true,
  category: 'community_development',
  paymentMode: 'pay_on_success',
  costs: [
    { title: '防腐木花架两组', amount: 240_000n },
    { title: '土和花苗', amount: 60_000n },
  ],
  asks: (deadline) => [
    money('花架和花苗', 300_000n, 50_000n),
    hands('搬土和安装', deadline, 720n),
    skill('做木工', '木工', deadline),
    gifts('闲置花盆', '个', 10n),
    ideas('种什么、谁来浇水'),
    attention('我家支持做花架'),
  ],
};

export const HANDRAIL: DemoPlan = {
  title: '给楼梯加一道扶手',
  lead: '一单元老人多，上下楼要有个扶的地方',
  story: '一单元五层楼梯只有一侧有扶手，几位老人上楼要歇好几次。想在另一侧也装上。',
  place: '一栋一单元楼梯间',
  category: 'community_safety',
  paymentMode: 'pay_on_success',
  costs: [{ title: '不锈钢扶手和安装', amount: 450_000n }],
  asks: () => [money('扶手和安装', 450_000n, 100_000n), attention('我家同意安装')],
};

export const READING: DemoPlan = {
  ...inKind,
  title: '周末儿童阅读角',
  lead: '每周六上午，邻居轮流陪孩子读书',
  story: '活动室周末空着，孩子们没有地方去。想请邻居捐书，轮流来陪读两个小时。',
  place: '社区活动室',
  category: 'community_service',
  asks: (deadline) => [hands('周六上午陪读', deadline, 480n), gifts('儿童图书', '本', 30n, true)],
};

export const CANOPY: DemoPlan = {
  ...inKind,
  title: '晾衣区搭雨棚',
  lead: '先问问大家需不需要',
  story: '下雨天晾衣区没法用。',
  place: '院落西侧晾衣区',
  category: 'community_service',
  asks: () => [attention('我家需要雨棚')],
};

export const LAMPS: DemoPlan = {
  ...inKind,
  title: '大门口换亮一点的灯',
  lead: '晚上进出看得清',
  story: '大门口的灯太暗，晚上倒车和走路都看不清。',
  place: '院落大门',
  category: 'community_safety',
  asks: (deadline) => [hands('换灯', deadline, 240n)],
};

export const BENCHES: DemoPlan = {
  title: '修好中庭的三张长椅',
  lead: '料钱大家凑，活自己干',
  story: '中庭三张长椅的木条断了，老人没地方坐。买木条自己换，请木工师傅带一下。',
  place: '中庭',
  category: 'community_service',
  paymentMode: 'pay_on_success',
  costs: [{ title: '木条、螺丝和漆', amount: 60_000n }],
  asks: (deadline) => [money('木条、螺丝和漆', 60_000n, 20_000n), hands('换木条和刷漆', deadline, 480n)],
};

export const MENDING: DemoPlan = {
  ...inKind,
  title: '便民维修日',
  lead: '小家电、雨伞、鞋子，周六上午修一修',
  story: '会修东西的邻居出两个小时，大家把坏了的小东西拿来。',
  place: '社区活动室门口',
  category: 'community_service',
  asks: (deadline) => [hands('维修和接待', deadline, 240n)],
};

export const CHORUS: DemoPlan = {
  ...inKind,
  title: '院落合唱队找五十位邻居',
  lead: '人数不够就先不办',
  story: '想办一支合唱队，排练需要人多才有意思。',
  place: '社区活动室',
  category: 'community_development',
  asks: (deadline) => [hands('参加第一次排练', deadline, 6_000n, 60)],
};

export const BICYCLES: DemoPlan = {
  ...inKind,
  title: '清走楼道里的旧自行车',
  lead: '登记、贴条、一起搬',
  story: '楼道里放着十几辆没人要的旧自行车，占了消防通道。登记确认后一起搬走。',
  place: '各单元楼道',
  category: 'community_safety',
  asks: (deadline) => [hands('登记和搬运', deadline, 240n)],
};

export const WALLS: DemoPlan = {
  ...inKind,
  title: '把一楼墙面刷白',
  lead: '两个上午，自己动手',
  story: '一楼墙面都是小广告的痕迹，自己刷一遍就好。',
  place: '一栋一楼',
  category: 'community_service',
  asks: (deadline) => [hands('铲墙和刷漆', deadline, 240n), gifts('剩余的乳胶漆', '桶', 2n)],
};

export const FITNESS: DemoPlan = {
  ...inKind,
  title: '健身器材旁铺软垫',
  lead: '等待确认场地归属',
  story: '健身器材下面是水泥地，老人孩子摔了容易受伤。',
  place: '二栋东侧',
  category: 'community_safety',
  asks: (deadline) => [hands('铺垫子', deadline, 480n)],
};

export const PONDS: DemoPlan = {
  ...inKind,
  title: '中庭挖一个小鱼池',
  lead: '养几条鱼给孩子看',
  story: '想在中庭挖一个小鱼池。',
  place: '中庭',
  category: 'community_development',
  asks: (deadline) => [hands('挖池子', deadline, 480n)],
};

export const COMPOST: DemoPlan = {
  ...inKind,
  title: '厨余堆肥箱试用',
  lead: '十户试用一个月',
  story: '想在花坛边放两个堆肥箱，先请十户人家试一个月。',
  place: '一栋花坛边',
  category: 'community_development',
  asks: (deadline) => [hands('每周翻堆', deadline, 240n)],
};

/** A plan as the parts of a draft. */
export function partsOf(plan: DemoPlan, deadline: Date): DraftPart[] {
  const { title, lead, story, place, category, paymentMode, costs } = plan;
  const withMoney = paymentMode !== null;
  return [
    { part: 'story', title, lead, story, beneficiaries: '本院落全体住户', category },
    { part: 'place', placeText: place },
    { part: 'plan', plan: '报名后在群里排班，周末动手，做完请大家验收。', risks: '遇到下雨顺延一周。' },
    { part: 'costs', lines: costs.map((line) => ({ ...line })) },
    {
      part: 'milestones',
      steps: [{ title: '完成并验收', dueOn: dayAfter(deadline, 14), shareBps: withMoney ? 10_000 : 0 }],
    },
    { part: 'goal', asks: plan.asks(deadline) },
    {
      part: 'rules',
      legalType: withMoney ? 'mutual_aid' : 'in_kind_only',
      externalUrl: null,
      paymentMode,
      failurePolicy: withMoney ? 'refund_all' : 'release_all',
      surplusPolicy: withMoney ? 'refund_pro_rata' : 'none',
      scopeChangePolicy: 'reconsent_or_refund',
      deadline: deadline.toISOString(),
      collectionHours: 72,
      extension: { daysMax: 0, reachedPercent: 0 },
    },
  ];
}
