import { HttpException, Injectable } from '@nestjs/common';
import { ReadCommunity } from '@hehuo/community';
import { ReadPartners } from '@hehuo/identity';
import { DomainError, isId, type Id } from '@hehuo/kernel';
import type { CampaignPageView } from '../campaign/campaign-page.dto.js';
import { CampaignPages } from '../campaign/campaign-page.js';
import { CampaignLists } from '../campaign/campaign-lists.js';
import type { CampaignList } from '../campaign/campaigns.dto.js';
import type { Language } from '../http/language.js';
import { pageItemsDefault } from '../http/paging.js';
import type { AppPage } from './app-pages.js';
import { escaped, type PageHead } from './page-html.js';
import { PLAIN } from './plain-words.js';
import { quantityWords } from './quantity-words.js';

/** What stands in the head of a page and can be read without scripts: only what anybody may see. */
@Injectable()
export class PageHeads {
  constructor(
    private readonly campaigns: CampaignPages,
    private readonly lists: CampaignLists,
    private readonly communities: ReadCommunity,
    private readonly partners: ReadPartners,
  ) {}

  /** null where there is nothing of the kind for the public; a draft is nothing to the public. */
  async of({ kind, id }: AppPage, language: Language): Promise<PageHead | null> {
    if (kind === 'home') return this.home(language);
    if (kind === 'campaign') return isId('cmp', id) ? this.campaign(id, language) : null;
    if (kind === 'community') return isId('com', id) ? this.community(id, language) : null;
    if (kind === 'partner') return isId('ptn', id) ? this.partner(id) : null;
    return this.plain(language);
  }

  plain(language: Language): PageHead {
    const { title, description } = PLAIN[language];
    return { title, description, fragment: facts([heading(title), paragraph(description)]) };
  }

  /** null for what is not there, and for what is not public. */
  async publicCampaign(id: Id<'cmp'>): Promise<CampaignPageView | null> {
    return (await unlessHidden(this.campaigns.page(id, null)))?.view ?? null;
  }

  private async home(language: Language): Promise<PageHead> {
    const { title, description } = PLAIN[language];
    const links = campaignLinks(await this.newest(null));
    return { title, description, fragment: facts([heading(title), paragraph(description), links]) };
  }

  private async campaign(id: Id<'cmp'>, language: Language): Promise<PageHead | null> {
    const view = await this.publicCampaign(id);
    if (!view) return null;
    return {
      title: view.title,
      description: `${view.community.name} · ${view.lead}`,
      image: `/og/c/${id}.jpg`,
      data: view,
      fragment: campaignFacts(view, language),
    };
  }

  private async community(id: Id<'com'>, language: Language): Promise<PageHead | null> {
    const [data, list] = await Promise.all([this.communities.byId(id), this.newest(id)]);
    if (!data) return null;
    const { description } = PLAIN[language];
    const fragment = facts([heading(data.name), paragraph(description), campaignLinks(list)]);
    return { title: data.name, description, data, fragment };
  }

  private async partner(partnerId: Id<'ptn'>): Promise<PageHead | null> {
    const data = await unlessHidden(this.partners.one({ actor: null, partnerId }));
    if (!data) return null;
    const { name, about } = data;
    return { title: name, description: about, data, fragment: facts([heading(name), paragraph(about)]) };
  }

  private async newest(communityId: Id<'com'> | null): Promise<CampaignList> {
    const all = { actor: null, organiserId: null, state: null, kind: null, before: null };
    const limit = pageItemsDefault;
    return this.lists.page({ ...all, communityId, limit });
  }
}

/** What a stranger may not know of looks like what is not there. */
async function unlessHidden<Value>(read: Promise<Value>): Promise<Value | null> {
  try {
    return await read;
  } catch (error) {
    const isRefusal = error instanceof DomainError || error instanceof HttpException;
    if (isRefusal && /not_found$/.test(String((error as { code?: unknown }).code))) return null;
    throw error;
  }
}

const heading = (text: string): string => `<h1>${escaped(text)}</h1>`;
const paragraph = (text: string): string => `<p>${escaped(text)}</p>`;
const facts = (parts: readonly string[]): string => `<main>${parts.join('')}</main>`;

function campaignLinks({ items }: CampaignList): string {
  const links = items.map(
    ({ id, title, lead }) => `<li><a href="/c/${id}">${escaped(title)}</a> ${escaped(lead)}</li>`,
  );
  return links.length === 0 ? '' : `<ul>${links.join('')}</ul>`;
}

const WORDS = {
  'zh-CN': {
    by: '发起人',
    until: '截止',
    asks: '还缺什么',
    of: '/',
    homes: '户人家已经答应',
    how: '打算怎么做',
    money: '钱怎么管',
  },
  en: {
    by: 'Started by',
    until: 'Closes',
    asks: 'What is missing',
    of: 'of',
    homes: 'households have promised',
    how: 'How',
    money: 'The money',
  },
} as const satisfies Record<Language, object>;

/** The public facts of a campaign for whoever runs no scripts, and for the first moment of everybody else. */
function campaignFacts(view: CampaignPageView, language: Language): string {
  const words = WORDS[language];
  const { community, placeText, organiser, deadline, money, policies } = view;
  const asks = view.asks.map((ask) => {
    const have = quantityWords(ask, ask.promised, language);
    const goal = quantityWords(ask, ask.wanted, language);
    return `<li>${escaped(`${ask.title}: ${have} ${words.of} ${goal}`)}</li>`;
  });
  const where = [community.name, placeText, `${words.by} ${organiser}`];
  const until = deadline
    ? `${words.until} ${deadline.local.slice(0, 16).replace('T', ' ')} (${deadline.timeZone})`
    : '';
  return facts([
    heading(view.title),
    paragraph(view.lead),
    paragraph([...where, until].filter(Boolean).join(' · ')),
    `<h2>${words.asks}</h2><ul>${asks.join('')}</ul>`,
    paragraph(`${view.households} ${words.homes}`),
    paragraph(view.story),
    `<h2>${words.how}</h2>`,
    paragraph(view.plan),
    `<h2>${words.money}</h2>`,
    paragraph(money.legalTypeWords[language]),
    paragraph(money.basis),
    paragraph(policies.failure.words[language]),
  ]);
}
