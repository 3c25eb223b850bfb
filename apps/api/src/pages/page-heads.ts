import { HttpException, Injectable } from '@nestjs/common';
import { ReadCommunity } from '@hehuo/community';
import { ReadPartners } from '@hehuo/identity';
import { DomainError, isId, type Id } from '@hehuo/kernel';
import type { CampaignPageView } from '../campaign/campaign-page.dto.js';
import { CampaignPages } from '../campaign/campaign-page.js';
import type { Language } from '../http/language.js';
import type { AppPage } from './app-pages.js';
import { escaped, type PageHead } from './page-html.js';
import { quantityWords } from './quantity-words.js';

const PLAIN = {
  'zh-CN': {
    title: '邻居一起把缺的事办成',
    description: '院子里缺点什么，大家一起凑：手艺、力气、东西、钱、主意和关注。',
  },
  en: {
    title: 'Neighbours get it done together',
    description:
      'When something is missing, neighbours pool skill, labour, goods, money, ideas and attention.',
  },
} as const satisfies Record<Language, PageHead>;

/** What stands in the head of a page and can be read without scripts: only what anybody may see. */
@Injectable()
export class PageHeads {
  constructor(
    private readonly campaigns: CampaignPages,
    private readonly communities: ReadCommunity,
    private readonly partners: ReadPartners,
  ) {}

  /** null where there is nothing of the kind for the public; a draft is nothing to the public. */
  async of({ kind, id }: AppPage, language: Language): Promise<PageHead | null> {
    if (kind === 'campaign') return isId('cmp', id) ? this.campaign(id as Id<'cmp'>, language) : null;
    if (kind === 'community') return isId('com', id) ? this.community(id as Id<'com'>, language) : null;
    if (kind === 'partner') return isId('ptn', id) ? this.partner(id as Id<'ptn'>) : null;
    return this.plain(language);
  }

  plain(language: Language): PageHead {
    const { title, description } = PLAIN[language];
    const fragment = `<main><h1>${title}</h1><p>${description}</p></main>`;
    return { title, description, fragment };
  }

  private async campaign(id: Id<'cmp'>, language: Language): Promise<PageHead | null> {
    const view = await unlessHidden(this.campaigns.page(id, null));
    if (!view) return null;
    const { title, lead, community } = view.view;
    return {
      title,
      description: `${community.name} · ${lead}`,
      data: view.view,
      fragment: campaignFacts(view.view, language),
    };
  }

  private async community(id: Id<'com'>, language: Language): Promise<PageHead | null> {
    const found = await this.communities.byId(id);
    if (!found) return null;
    const { description } = PLAIN[language];
    return {
      title: found.name,
      description,
      fragment: `<main><h1>${escaped(found.name)}</h1><p>${description}</p></main>`,
    };
  }

  private async partner(partnerId: Id<'ptn'>): Promise<PageHead | null> {
    const found = await unlessHidden(this.partners.one({ actor: null, partnerId }));
    if (!found) return null;
    return {
      title: found.name,
      description: found.name,
      fragment: `<main><h1>${escaped(found.name)}</h1></main>`,
    };
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

/** The public facts of a campaign for whoever runs no scripts, and for the first moment of everybody else. */
function campaignFacts(view: CampaignPageView, language: Language): string {
  const words =
    language === 'en'
      ? {
          by: 'Started by',
          until: 'Closes',
          asks: 'What is missing',
          of: 'of',
          how: 'How',
          money: 'The money',
        }
      : { by: '发起人', until: '截止', asks: '还缺什么', of: '/', how: '打算怎么做', money: '钱怎么管' };
  const asks = view.asks.map((ask) => {
    const [have, goal] = [
      quantityWords(ask, ask.promised, language),
      quantityWords(ask, ask.wanted, language),
    ];
    return `<li>${escaped(ask.title)}: ${escaped(have)} ${words.of} ${escaped(goal)}</li>`;
  });
  const deadline = view.deadline
    ? ` · ${words.until} ${view.deadline.local.slice(0, 16).replace('T', ' ')}`
    : '';
  const { money, policies } = view;
  return [
    `<main><h1>${escaped(view.title)}</h1>`,
    `<p>${escaped(view.lead)}</p>`,
    `<p>${escaped(view.community.name)} · ${escaped(view.placeText)} · ${words.by} ${escaped(view.organiser)}${deadline}</p>`,
    `<h2>${words.asks}</h2><ul>${asks.join('')}</ul>`,
    `<p>${escaped(view.story)}</p>`,
    `<h2>${words.how}</h2><p>${escaped(view.plan)}</p>`,
    `<h2>${words.money}</h2><p>${escaped(money.legalTypeWords[language])}。${escaped(policies.failure.words[language])}</p></main>`,
  ].join('');
}
