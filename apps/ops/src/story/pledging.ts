import type { Neighbour } from './cast.js';
import { eachOf, refusalCode, type Caller } from './caller.js';
import { painters, shareFen, twinShareFen } from './drafts.js';
import type { Findings } from './findings.js';
import { pay } from './payer.js';
import type { Timeline } from './timeline.js';
import type { AskView, CampaignView, Page, PledgeView } from './views.js';

const atOnce = 6;
export const attentive = 9;
/** Of the twin: so many pay at once, one of them takes it back, and one more promises and never pays. */
export const twinPayers = 10;
const anonymousAt = 5;
const hesitantAt = 36;

export function askOf(campaign: CampaignView, kind: string): AskView {
  const ask = campaign.asks.find((one) => one.kind === kind);
  if (!ask) throw new Error(`"${campaign.title}" has no ask of ${kind}`);
  return ask;
}

interface PledgeWish {
  readonly askId: string;
  readonly quantity?: string;
  readonly slotId?: string;
  readonly anonymous?: boolean;
  readonly onBehalfOf?: { readonly personId: string; readonly consentEvidence: string };
}

export function pledge(
  caller: Caller,
  campaignId: string,
  body: PledgeWish,
  key: string,
): Promise<PledgeView> {
  return caller.post<PledgeView>(`/v1/campaigns/${campaignId}/pledges`, { body, key });
}

export interface Promised {
  /** The pledge of money of each household, by its number. */
  readonly money: ReadonlyMap<number, string>;
}

/** Neighbours, an elder without a telephone and the mishaps of real life, on the campaign that succeeds. */
export class Pledging {
  constructor(
    private readonly neighbours: readonly Neighbour[],
    private readonly staff: Caller,
    private readonly findings: Findings,
    private readonly timeline: Timeline,
  ) {}

  async painting(campaign: CampaignView, elderId: string): Promise<Promised> {
    const money = new Map<number, string>();
    const moneyAsk = askOf(campaign, 'money');
    await eachOf(this.neighbours, atOnce, async ({ at, caller }) => {
      const body = { askId: moneyAsk.id, quantity: shareFen.toString(), anonymous: at === anonymousAt };
      money.set(at, (await pledge(caller, campaign.id, body, `money-${at}-first`)).id);
    });
    this.timeline.tell(`${money.size} households promise 100 yuan each, one of them unnamed`);
    await this.changeOfMind(campaign, moneyAsk, money);
    await this.mishaps(campaign, moneyAsk, money);
    await this.hands(campaign);
    await this.voices(campaign, elderId);
    return { money };
  }

  /** Takes the promise back before the deadline, thinks again, and promises once more. */
  private async changeOfMind(
    campaign: CampaignView,
    ask: AskView,
    money: Map<number, string>,
  ): Promise<void> {
    const { caller } = this.neighbour(hesitantAt);
    const first = money.get(hesitantAt) ?? '';
    const withdrawn = await caller.post<PledgeView>(`/v1/pledges/${first}/withdraw`);
    this.findings.expect('a promise that was taken back', 'withdrawn', withdrawn.state);
    const body = { askId: ask.id, quantity: shareFen.toString(), anonymous: false };
    money.set(hesitantAt, (await pledge(caller, campaign.id, body, `money-${hesitantAt}-again`)).id);
    this.timeline.tell('one household takes its promise back and promises again');
  }

  private async mishaps(
    campaign: CampaignView,
    ask: AskView,
    money: ReadonlyMap<number, string>,
  ): Promise<void> {
    const { caller } = this.neighbour(1);
    const body = { askId: ask.id, quantity: shareFen.toString(), anonymous: false };
    const again = await pledge(caller, campaign.id, body, 'money-1-first');
    this.findings.expect('the same key gives the same pledge', money.get(1) ?? '', again.id);
    const other = { ...body, quantity: '1' };
    const reused = await refusalCode(() => pledge(caller, campaign.id, other, 'money-1-first'));
    this.findings.expect('the same key with another sum', 'pledge_key_reused', reused);
    const full = await refusalCode(() => pledge(caller, campaign.id, body, 'money-1-second'));
    this.findings.expect('a promise beyond the goal', 'pledge_full', full);
    this.timeline.tell('a lost answer is asked for again; a used key and a promise too many are refused');
  }

  private async hands(campaign: CampaignView): Promise<void> {
    const ask = askOf(campaign, 'labour');
    const slotId = ask.slots[0]?.id ?? '';
    await eachOf(this.neighbours.slice(0, painters), atOnce, ({ at, caller }) =>
      pledge(caller, campaign.id, { askId: ask.id, slotId }, `labour-${at}`),
    );
    this.timeline.tell(`${painters} neighbours put their names down for painting`);
  }

  private async voices(campaign: CampaignView, elderId: string): Promise<void> {
    const ask = askOf(campaign, 'attention');
    await eachOf(this.neighbours.slice(0, attentive), atOnce, ({ at, caller }) =>
      pledge(caller, campaign.id, { askId: ask.id }, `attention-${at}`),
    );
    const onBehalfOf = { personId: elderId, consentEvidence: '老人当面同意，签字单存居委会' };
    await pledge(this.staff, campaign.id, { askId: ask.id, onBehalfOf }, `attention-${elderId}`);
    this.timeline.tell(`${attentive} households say that it matters, and staff enter it for an elder`);
    const seen = await this.staff.get<CampaignView>(`/v1/campaigns/${campaign.id}`);
    this.findings.expect('a fifth of the households asks for a meeting', 'true', String(seen.meetingAsked));
    const list = await this.neighbour(2).caller.get<Page<{ id: string; name: string | null; kind: string }>>(
      `/v1/campaigns/${campaign.id}/pledges?limit=100`,
    );
    const unnamed = list.items.filter(({ name, kind }) => name === null && kind === 'money').length;
    this.findings.expect('pledges of money without a name in the public list', 1, unnamed);
  }

  /** Pays at once; one household takes the money back before the deadline, one promises and never pays. */
  async lamps(campaign: CampaignView): Promise<Promised> {
    const money = new Map<number, string>();
    const { id: askId } = askOf(campaign, 'money');
    await eachOf(this.neighbours.slice(0, twinPayers + 1), atOnce, async (neighbour) => {
      const { at, caller } = neighbour;
      const made = await pledge(
        caller,
        campaign.id,
        { askId, quantity: twinShareFen.toString() },
        `lamp-money-${at}`,
      );
      money.set(at, made.id);
      if (at <= twinPayers) await pay(neighbour, made.id, this.timeline);
    });
    this.timeline.tell(`twin: ${twinPayers} households pay 50 yuan at once, one promises and does not pay`);
    const back = await this.neighbour(twinPayers).caller.post<PledgeView>(
      `/v1/pledges/${money.get(twinPayers) ?? ''}/withdraw`,
    );
    this.findings.expect('twin: a paid promise that was taken back', 'refund_due', back.state);
    this.timeline.tell('twin: one household takes its paid promise back before the deadline');
    return { money };
  }

  neighbour(at: number): Neighbour {
    const neighbour = this.neighbours[at - 1];
    if (!neighbour) throw new Error(`the story has no household ${at}`);
    return neighbour;
  }
}
