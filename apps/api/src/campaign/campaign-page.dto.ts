import { ApiProperty } from '@nestjs/swagger';
import {
  CAMPAIGN_MACHINE,
  KINDS,
  LEGAL_TYPES,
  PAYMENT_MODES,
  type AskView,
  type CampaignPage,
} from '@hehuo/campaign';
import { AskProgressView, headOf, type CampaignHead } from './campaigns.dto.js';
import { DeadlineView } from './deadline.dto.js';
import { PhotoView } from './photos.dto.js';
import { WordsView } from '../http/words-view.dto.js';

const instant = { type: String, format: 'date-time' } as const;

export class NamedCommunity {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
}

export class SlotView {
  @ApiProperty() id!: string;
  @ApiProperty(instant) startsAt!: string;
  @ApiProperty(instant) endsAt!: string;
  @ApiProperty({ type: 'integer' }) capacity!: number;
  @ApiProperty({ type: 'integer', description: 'places that are promised' }) taken!: number;
}

export class AskOnPage extends AskProgressView {
  @ApiProperty({ type: String, nullable: true }) cap!: string | null;
  @ApiProperty({ description: 'money that the custodian has' }) held!: string;
  @ApiProperty({ description: 'what is missing to the minimum' }) short!: string;
  @ApiProperty() pledges!: string;
  @ApiProperty({ type: String, nullable: true }) perPersonMax!: string | null;
  @ApiProperty({ type: String, nullable: true }) perPledgeMax!: string | null;
  @ApiProperty({ type: String, nullable: true }) goodsMode!: string | null;
  @ApiProperty({ type: String, nullable: true }) returnOn!: string | null;
  @ApiProperty({ type: String, nullable: true }) skill!: string | null;
  @ApiProperty({ type: String, nullable: true }) credential!: string | null;
  @ApiProperty({ type: [SlotView] }) slots!: SlotView[];
}

export class CostOnPage {
  @ApiProperty() title!: string;
  @ApiProperty({ description: 'fen' }) amount!: string;
}

export class MilestoneOnPage {
  @ApiProperty() title!: string;
  @ApiProperty({ example: '2027-01-10' }) dueOn!: string;
  @ApiProperty({ type: 'integer' }) shareBps!: number;
}

export class MoneyRules {
  @ApiProperty({ enum: LEGAL_TYPES }) legalType!: string;
  @ApiProperty({ type: WordsView }) legalTypeWords!: WordsView;
  @ApiProperty({ description: 'the articles it stands on' }) basis!: string;
  @ApiProperty({ enum: PAYMENT_MODES, nullable: true }) paymentMode!: string | null;
  @ApiProperty({ type: WordsView, nullable: true }) paymentWords!: WordsView | null;
  @ApiProperty({ type: 'integer' }) collectionHours!: number;
  @ApiProperty({ type: String, nullable: true, description: 'the account that holds the money' })
  custodyAccountId!: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'the legal body that owns it; never the platform',
  })
  custodian!: string | null;
  @ApiProperty({ type: [WordsView], description: 'who may hold it at all' }) holders!: WordsView[];
  @ApiProperty({ type: String, nullable: true }) externalUrl!: string | null;
}

export class PolicyOnPage {
  @ApiProperty() code!: string;
  @ApiProperty({ type: WordsView }) words!: WordsView;
}

export class PoliciesOnPage {
  @ApiProperty({ type: PolicyOnPage }) failure!: PolicyOnPage;
  @ApiProperty({ type: PolicyOnPage }) surplus!: PolicyOnPage;
  @ApiProperty({ type: PolicyOnPage }) scopeChange!: PolicyOnPage;
}

export class ExtensionOnPage {
  @ApiProperty({ type: 'integer' }) daysMax!: number;
  @ApiProperty({ type: 'integer' }) reachedPercent!: number;
  @ApiProperty({ ...instant, nullable: true }) usedAt!: string | null;
  @ApiProperty({ type: WordsView }) words!: WordsView;
}

export class VerifiedStamp {
  @ApiProperty({ type: String, nullable: true, example: '李**' }) by!: string | null;
  @ApiProperty(instant) at!: string;
}

export class ObjectionCount {
  @ApiProperty({ type: 'integer' }) open!: number;
  @ApiProperty({ type: 'integer' }) all!: number;
}

/** What residents gave themselves and what a pool adds to it stand side by side. All quantities are in `unit`. */
export class MatchOnPage {
  @ApiProperty() poolId!: string;
  @ApiProperty() donorName!: string;
  @ApiProperty() donorKind!: string;
  @ApiProperty() unit!: string;
  @ApiProperty({ example: '3' }) factor!: string;
  @ApiProperty({ description: 'what residents promised themselves, of the matched kinds' }) own!: string;
  @ApiProperty({ description: 'owed only if the residents’ own part reaches this' })
  conditionMinimum!: string;
  @ApiProperty({ description: 'set aside, owed if condition and goal are reached' }) conditional!: string;
  @ApiProperty({ description: 'set aside, owed if the goal is reached' }) reserved!: string;
  @ApiProperty({ description: 'owed by the donor after the decision' }) confirmed!: string;
  @ApiProperty({ description: 'money of the donor that the custodian has' }) received!: string;
}

export class Rights {
  @ApiProperty({ description: 'the reader started it' }) organise!: boolean;
  @ApiProperty() edit!: boolean;
  @ApiProperty() review!: boolean;
  @ApiProperty() cancel!: boolean;
}

/** Everything on the page of a campaign that this context knows; money that moved and pledges have their own reads. */
export class CampaignPageView {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: CAMPAIGN_MACHINE.states }) state!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty({ type: 'integer' }) round!: number;
  @ApiProperty({ type: NamedCommunity }) community!: NamedCommunity;
  @ApiProperty({ example: '王**' }) organiser!: string;
  @ApiProperty({ type: VerifiedStamp, nullable: true }) verified!: VerifiedStamp | null;
  @ApiProperty({ type: String, nullable: true }) needId!: string | null;
  @ApiProperty() title!: string;
  @ApiProperty() lead!: string;
  @ApiProperty() story!: string;
  @ApiProperty() beneficiaries!: string;
  @ApiProperty() placeText!: string;
  @ApiProperty() plan!: string;
  @ApiProperty() risks!: string;
  @ApiProperty() category!: string;
  @ApiProperty({ type: DeadlineView, nullable: true }) deadline!: DeadlineView | null;
  @ApiProperty({ ...instant, nullable: true }) noticeEndsAt!: string | null;
  @ApiProperty({ ...instant, nullable: true }) openedAt!: string | null;
  @ApiProperty({ ...instant, nullable: true }) closedAt!: string | null;
  @ApiProperty({ ...instant, nullable: true }) decidedAt!: string | null;
  @ApiProperty({ ...instant, nullable: true }) collectionEndsAt!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'while it is suspended' })
  suspendedReason!: string | null;
  @ApiProperty({ type: String, nullable: true }) cancelledReason!: string | null;
  @ApiProperty({ description: 'the closing stopped, for a person to look at its numbers' }) halted!: boolean;
  @ApiProperty({ type: [AskOnPage] }) asks!: AskOnPage[];
  @ApiProperty({ type: 'integer', description: 'households with a promise that counts' }) households!: number;
  @ApiProperty({ description: 'pledges that count' }) pledges!: string;
  @ApiProperty({ type: [CostOnPage] }) costs!: CostOnPage[];
  @ApiProperty({ type: [MilestoneOnPage] }) milestones!: MilestoneOnPage[];
  @ApiProperty({ type: MoneyRules }) money!: MoneyRules;
  @ApiProperty({ type: PoliciesOnPage }) policies!: PoliciesOnPage;
  @ApiProperty({ type: ExtensionOnPage }) extension!: ExtensionOnPage;
  @ApiProperty({ type: ObjectionCount }) objections!: ObjectionCount;
  @ApiProperty({ description: 'enough households paid attention: staff convene a meeting' })
  meetingAsked!: boolean;
  @ApiProperty({ type: [MatchOnPage], description: 'match funds: beside the goal, never counted towards it' })
  matches!: MatchOnPage[];
  @ApiProperty({ type: [PhotoView], description: 'the first is the cover' }) photos!: PhotoView[];
  @ApiProperty({ type: Rights, description: 'what the reader may do now' }) may!: Rights;
}

export function askOnPage(ask: AskView): AskOnPage {
  const text = (quantity: bigint | null) => quantity?.toString() ?? null;
  const short = ask.minimum > ask.reserved ? ask.minimum - ask.reserved : 0n;
  return {
    id: ask.id,
    kind: ask.kind satisfies (typeof KINDS)[number],
    title: ask.title,
    unit: ask.unit,
    unitLabel: ask.unitLabel,
    required: ask.required,
    minimum: ask.minimum.toString(),
    wanted: ask.wanted.toString(),
    promised: ask.reserved.toString(),
    cap: text(ask.cap),
    held: ask.held.toString(),
    short: short.toString(),
    pledges: ask.pledges.toString(),
    perPersonMax: text(ask.perPersonMax),
    perPledgeMax: text(ask.perPledgeMax),
    goodsMode: ask.goodsMode,
    returnOn: ask.returnOn,
    skill: ask.skill,
    credential: ask.credential,
    slots: ask.slots.map((slot) => ({
      id: slot.id,
      startsAt: slot.startsAt.toISOString(),
      endsAt: slot.endsAt.toISOString(),
      capacity: slot.capacity,
      taken: slot.reserved,
    })),
  };
}

/** The parts that are the same words in the row and on the page. */
export function plainParts({
  campaign,
}: CampaignPage): CampaignHead &
  Pick<
    CampaignPageView,
    'needId' | 'title' | 'lead' | 'story' | 'beneficiaries' | 'placeText' | 'plan' | 'risks' | 'category'
  > {
  const { needId, title, lead, story, beneficiaries, placeText, plan, risks, category } = campaign;
  return { ...headOf(campaign), needId, title, lead, story, beneficiaries, placeText, plan, risks, category };
}
