import { dayAfter } from '../seed/demo-asks.js';

const minuteMs = 60_000;

export const households = 36;
/** In fen: 100 yuan a household, 3,600 yuan together (the real case of 书院雅居). */
export const shareFen = 10_000n;
export const goalFen = shareFen * BigInt(households);
export const painters = 12;
/** Minutes of one shift. */
export const shiftMinutes = 120n;
export const twinShareFen = 5_000n;
export const twinGoalFen = twinShareFen * BigInt(households);

interface DraftBodies {
  readonly story: object;
  readonly place: object;
  readonly plan: object;
  readonly costs: object;
  readonly milestones: object;
  readonly goal: object;
  readonly rules: object;
}

function bodies(
  deadline: Date,
  texts: { title: string; lead: string; story: string; place: string; plan: string; cost: string },
  money: { fen: bigint; mode: 'pay_on_success' | 'pay_now' },
  asks: readonly object[],
): DraftBodies {
  const { title, lead, story, place, plan, cost } = texts;
  return {
    story: { title, lead, story, beneficiaries: '全院三十六户', category: 'community_service' },
    place: { placeText: place },
    plan: { plan, risks: '材料涨价由居委会公示后再定，下雨顺延一周。' },
    costs: { lines: [{ title: cost, amount: money.fen.toString() }] },
    milestones: { steps: [{ title: '完工，居民代表验收', dueOn: dayAfter(deadline, 21), shareBps: 10_000 }] },
    goal: { asks },
    rules: {
      legalType: 'mutual_aid',
      externalUrl: null,
      paymentMode: money.mode,
      failurePolicy: 'refund_all',
      surplusPolicy: 'refund_pro_rata',
      scopeChangePolicy: 'reconsent_or_refund',
      deadline: deadline.toISOString(),
      collectionHours: 72,
      extension: { daysMax: 0, reachedPercent: 0 },
    },
  };
}

/** 36 households give 100 yuan each and paint themselves, instead of paying a painter. */
export function paintingDraft(deadline: Date): DraftBodies {
  const startsAt = new Date(`${dayAfter(deadline, 5)}T09:00:00+08:00`);
  const slot = {
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + Number(shiftMinutes) * minuteMs).toISOString(),
    capacity: painters + 4,
  };
  return bodies(
    deadline,
    {
      title: '书院雅居：楼道一起刷白',
      lead: '每户一百元买料，刷墙自己来',
      story: '楼道墙皮掉了。三十六户商量，料钱每户一百元，不请油漆工，邻居自己动手刷。',
      place: '一栋三个单元的楼道',
      plan: '买乳胶漆和工具，周末分两班刷，居民代表验收。',
      cost: '乳胶漆、腻子和工具',
    },
    { fen: goalFen, mode: 'pay_on_success' },
    [
      {
        kind: 'money',
        title: '料钱',
        required: true,
        minimum: goalFen.toString(),
        perPersonMax: shareFen.toString(),
      },
      {
        kind: 'labour',
        title: '刷墙',
        required: true,
        minimum: (BigInt(painters) * shiftMinutes).toString(),
        slots: [slot],
      },
      { kind: 'attention', title: '我家也想把楼道刷白', required: false },
    ],
  );
}

/** Asks for money at once and misses its goal, so that everybody gets it back. */
export function lampsDraft(deadline: Date): DraftBodies {
  return bodies(
    deadline,
    {
      title: '书院雅居：楼道换感应灯',
      lead: '每户五十元，人不够就全部退回',
      story: '楼道灯常年亮着，想换成感应灯。钱先交给居委会，凑不够当天退回。',
      place: '一栋三个单元的楼道',
      plan: '统一购买，请有证的电工安装。',
      cost: '感应灯和安装',
    },
    { fen: twinGoalFen, mode: 'pay_now' },
    [
      {
        kind: 'money',
        title: '灯钱',
        required: true,
        minimum: twinGoalFen.toString(),
        perPersonMax: twinShareFen.toString(),
      },
    ],
  );
}

export const DRAFT_PARTS = [
  'story',
  'place',
  'plan',
  'costs',
  'milestones',
  'goal',
  'rules',
] as const satisfies readonly (keyof DraftBodies)[];
export type { DraftBodies };
