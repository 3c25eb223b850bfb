import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { Clock, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { planAsks, type AskDraft, type AskSetting } from '../domain/ask-plan.js';
import type { Campaign } from '../domain/campaign.js';
import { refuseBlocked } from '../domain/category.js';
import { partFlaws, type DraftPart } from '../domain/draft-part.js';
import { refuseFlaws } from '../domain/errors.js';
import { readInstant } from '../domain/local-time.js';
import { CampaignStore } from '../store/campaign.store.js';
import type { DraftColumns } from '../store/draft.store.js';
import { DraftStores } from '../store/draft-stores.js';
import { requireEditable, requireOrganiser, requireVersion, seenBy } from './access.js';
import { Neighbourhood } from './neighbourhood.js';

export interface EditDraftInput {
  readonly actor: Actor;
  readonly campaignId: Id<'cmp'>;
  /** The version that the change was made on. */
  readonly version: number;
  readonly change: DraftPart;
}

/** Writes one part of a draft as a whole and counts its version up. Only the organiser, only at the desk. */
@Injectable()
export class EditDraft {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly stores: DraftStores,
    private readonly neighbourhood: Neighbourhood,
    private readonly clock: Clock,
  ) {}

  async execute(input: EditDraftInput): Promise<Campaign> {
    const { change } = input;
    const { communityId } = seenBy(await this.campaigns.find(input.campaignId), input.actor);
    const setting = await this.neighbourhood.setting(communityId);
    return this.uow.run(async (tx) => {
      const campaign = await this.campaigns.findForUpdate(tx, input.campaignId);
      requireOrganiser(campaign, input.actor);
      requireEditable(campaign);
      requireVersion(campaign, input.version);
      if (change.part === 'story') refuseBlocked(change.category);
      refuseFlaws('campaign_field_invalid', partFlaws(change));
      await this.write(tx, campaign, change, setting);
      return this.campaigns.findForUpdate(tx, campaign.id);
    });
  }

  private async write(tx: Tx, campaign: Campaign, change: DraftPart, setting: AskSetting): Promise<void> {
    const { drafts } = this.stores;
    const numbered = <T>(lines: readonly T[]) => lines.map((line, position) => ({ ...line, position }));
    switch (change.part) {
      case 'costs':
        await drafts.replaceCosts(tx, campaign.id, numbered(change.lines));
        break;
      case 'milestones':
        await drafts.replaceMilestones(tx, campaign.id, numbered(change.steps));
        break;
      case 'goal':
        await this.writeGoal(tx, campaign, change.asks, setting);
        break;
      case 'story':
      case 'place':
      case 'plan':
      case 'rules':
        break;
    }
    await drafts.write(tx, campaign, columnsOf(campaign, change));
  }

  private async writeGoal(
    tx: Tx,
    campaign: Campaign,
    drafts: readonly AskDraft[],
    setting: AskSetting,
  ): Promise<void> {
    const { asks, flaws } = planAsks(drafts, setting);
    refuseFlaws('campaign_field_invalid', flaws);
    await this.stores.drafts.replaceAsks(tx, campaign, asks, this.clock.now().getTime());
  }
}

/** A custodian was chosen for this type and mode and, where money moves at once, for this length. */
function keepsCustodian(campaign: Campaign, change: Extract<DraftPart, { part: 'rules' }>): boolean {
  if (change.legalType !== campaign.legalType || change.paymentMode !== campaign.paymentMode) return false;
  if (change.paymentMode !== 'pay_now') return true;
  const deadline = change.deadline === null ? null : deadlineOf(change.deadline, campaign.timeZone);
  return (
    deadline?.getTime() === campaign.deadline?.getTime() &&
    change.extension.daysMax === campaign.extension.daysMax
  );
}

function columnsOf(campaign: Campaign, change: DraftPart): DraftColumns {
  switch (change.part) {
    case 'story': {
      const { title, lead, story, beneficiaries, category } = change;
      return { title, lead_text: lead, story, beneficiaries, category };
    }
    case 'place':
      return { place_text: change.placeText };
    case 'plan':
      return { plan: change.plan, risks: change.risks };
    case 'rules':
      return {
        legal_type: change.legalType,
        external_url: change.externalUrl,
        payment_mode: change.paymentMode,
        ...(keepsCustodian(campaign, change) ? {} : { custody_account_id: null }),
        failure_policy: change.failurePolicy,
        surplus_policy: change.surplusPolicy,
        scope_change_policy: change.scopeChangePolicy,
        deadline: change.deadline === null ? null : deadlineOf(change.deadline, campaign.timeZone),
        collection_hours: change.collectionHours,
        extension_days_max: change.extension.daysMax,
        extension_reached_percent: change.extension.reachedPercent,
      };
    case 'costs':
    case 'milestones':
    case 'goal':
      return {};
  }
}

const UNREADABLE = {
  format: 'write it as 2026-12-24T20:00 or with an offset, 2026-12-24T20:00:00+08:00',
  skipped: 'the clock jumps over this local time; choose another',
  twice: 'this local time comes twice; give an offset',
} as const;

/** Throws `campaign_field_invalid` for a time that cannot be read or does not exist in the zone. */
export function deadlineOf(text: string, timeZone: string, pointer = '/rules/deadline'): Date {
  const read = readInstant(text, timeZone);
  if (read.ok) return read.at;
  refuseFlaws('campaign_field_invalid', [
    { pointer, code: `deadline_${read.why}`, message: UNREADABLE[read.why] },
  ]);
  throw new Error('a flaw is always refused');
}
