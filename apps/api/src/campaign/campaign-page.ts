import { Injectable } from '@nestjs/common';
import {
  extensionWords,
  FAILURE_WORDS,
  LEGAL_RULES,
  LEGAL_WORDS,
  PAYEE_WORDS,
  PAYMENT_WORDS,
  ReadCampaign,
  ReadHistory,
  SCOPE_CHANGE_WORDS,
  SURPLUS_WORDS,
  type Campaign,
} from '@hehuo/campaign';
import { ReadCommunity } from '@hehuo/community';
import { ReadPeople, type Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { matchOnPage } from './match.dto.js';
import { askOnPage, plainParts, type CampaignPageView, type MoneyRules } from './campaign-page.dto.js';
import { photoView } from './photos.dto.js';
import { CustodyDirectory } from './custody-directory.js';

/** Puts the page of a campaign together from the contexts that know its parts. */
@Injectable()
export class CampaignPages {
  constructor(
    private readonly campaigns: ReadCampaign,
    private readonly history: ReadHistory,
    private readonly communities: ReadCommunity,
    private readonly people: ReadPeople,
    private readonly accounts: CustodyDirectory,
  ) {}

  async page(id: Id<'cmp'>, actor: Actor | null): Promise<{ view: CampaignPageView; serverTime: Date }> {
    const page = await this.campaigns.page(id, actor);
    const { campaign } = page;
    const [community, names, approval, account] = await Promise.all([
      this.communities.byId(campaign.communityId),
      this.people.names([campaign.organiserId]),
      this.history.approval(id),
      campaign.custodyAccountId ? this.accounts.find(campaign.custodyAccountId) : null,
    ]);
    const stamp = (at: Date | null) => at?.toISOString() ?? null;
    const view: CampaignPageView = {
      ...plainParts(page),
      community: { id: campaign.communityId, name: community?.name ?? '' },
      organiser: names.get(campaign.organiserId)?.masked ?? '',
      verified: approval && campaign.noticeEndsAt ? { by: approval.by, at: approval.at.toISOString() } : null,
      openedAt: stamp(campaign.openedAt),
      closedAt: stamp(campaign.closedAt),
      decidedAt: stamp(campaign.decidedAt),
      collectionEndsAt: stamp(campaign.collectionEndsAt),
      suspendedReason: campaign.suspendedReason,
      cancelledReason: campaign.cancelledReason,
      halted: campaign.haltedReason !== null,
      asks: page.asks.map(askOnPage),
      households: page.households,
      pledges: (page.intake?.pledges ?? 0n).toString(),
      costs: page.costs.map(({ title, amount }) => ({ title, amount: amount.toString() })),
      milestones: page.milestones.map(({ title, dueOn, shareBps }) => ({ title, dueOn, shareBps })),
      money: moneyOf(campaign, account?.ownerName ?? null),
      policies: policiesOf(campaign),
      extension: {
        ...campaign.extension,
        usedAt: stamp(campaign.extendedAt),
        words: extensionWords(campaign),
      },
      objections: page.objections,
      meetingAsked: page.meetingAsked,
      matches: page.matches.map((row) => matchOnPage(row, page.asks)),
      photos: page.photos.map(photoView),
      may: page.may,
    };
    return { view, serverTime: page.serverTime };
  }
}

function moneyOf(campaign: Campaign, custodian: string | null): MoneyRules {
  const { legalType, paymentMode, collectionHours, custodyAccountId, externalUrl } = campaign;
  const { basis, payees } = LEGAL_RULES[legalType];
  return {
    legalType,
    legalTypeWords: LEGAL_WORDS[legalType],
    basis,
    paymentMode,
    paymentWords: paymentMode && PAYMENT_WORDS[paymentMode],
    collectionHours,
    custodyAccountId,
    custodian,
    holders: payees.map((payee) => PAYEE_WORDS[payee]),
    externalUrl,
  };
}

function policiesOf({ policies }: Campaign): CampaignPageView['policies'] {
  const { failure, surplus, scopeChange } = policies;
  return {
    failure: { code: failure, words: FAILURE_WORDS[failure] },
    surplus: { code: surplus, words: SURPLUS_WORDS[surplus] },
    scopeChange: { code: scopeChange, words: SCOPE_CHANGE_WORDS[scopeChange] },
  };
}
