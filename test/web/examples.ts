import { until } from '@hehuo/testing';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { asked, type WebWorld } from './web-world.js';

/** One page to look at: the pattern of its address, an address of the demo, and who may see it. */
export interface Example {
  readonly address: string;
  readonly path: string;
  readonly as: (options: BrowserContextOptions) => Promise<Page>;
}

/** Nothing of the kind is there before a month, a day of the gateway or the hold of an account has ended. */
export const NO_EXAMPLE: readonly string[] = [
  '/statements/$id',
  '/console/funds/bills/$id',
  '/console/funds/payouts/$id',
];

const RESIDENT = '15400000045';
const ORGANISER = '15400000001';
const PARTNER_MEMBER = '15400009008';
const steps = ['story', 'asks', 'plan', 'money', 'deadline', 'check'];

interface Listed {
  readonly items: readonly Readonly<Record<string, string>>[];
}
interface Campaign {
  readonly id: string;
  readonly asks: readonly { readonly id: string }[];
}

const PAYER = '15400000003';
const bookedSeconds = 30;

/** A neighbour pays what was promised, on the page of the gateway and back. The id of the campaign. */
export async function payOnce(world: WebWorld, phone = PAYER): Promise<string> {
  const page = await world.as(phone);
  const { items } = await asked<Listed>(page, 'GET', '/v1/me/pledges');
  const pledge = items.find(({ state }) => state === 'awaiting_payment')!;
  await page.goto(`${world.url}/pay/${pledge['id']}`);
  await page.getByRole('button', { name: '去付款' }).click();
  await page.getByRole('link', { name: '打开付款页' }).click();
  await page.getByRole('button', { name: '付款', exact: true }).click();
  await page.getByRole('link', { name: '返回' }).click();
  await page.getByText('已经付了，谢谢').waitFor();
  return pledge['campaignId']!;
}

/** Every address of the app with something in it. What the demo lacks is made by the people of the demo. */
export async function examplesOf(world: WebWorld): Promise<Example[]> {
  const [resident, organiser] = [await world.as(RESIDENT), await world.as(ORGANISER)];
  const read = <Answer>(path: string, page = resident) => asked<Answer>(page, 'GET', path);
  const listed = async (path: string, page = resident) => (await read<Listed>(path, page)).items;

  const community = (await listed('/v1/communities')).find(({ name }) => name === '合伙演示社区')!['id']!;
  const ofCommunity = `/v1/communities/${community}`;
  const campaigns = await listed(`/v1/campaigns?communityId=${community}&limit=100`);
  const titled = (title: string): string => campaigns.find((one) => one['title'] === title)!['id']!;
  const flowers = await read<Campaign>(`/v1/campaigns/${titled('楼下共享花架')}`);
  const partner = (await listed('/v1/partners'))[0]!['id']!;
  const toPay = (await listed('/v1/me/pledges', organiser)).find(
    ({ state }) => state === 'awaiting_payment',
  )!;
  const lit = (await listed('/v1/me/pledges', organiser))[0]!;

  const need = await asked<{ id: string }>(resident, 'POST', `${ofCommunity}/needs`, {
    ...{ title: '三号楼缺一把长椅', text: '买菜回来没有地方歇脚。', placeText: '三号楼门口' },
  });
  const benches = await payOnce(world);
  const line = await until('the payment is in the book', bookedSeconds, async () => {
    return (await listed(`/v1/campaigns/${benches}/book`))[0];
  });
  const question = await asked<{ id: string }>(resident, 'POST', `/v1/book-lines/${line!['id']}/challenges`, {
    text: '这一笔是谁付的？',
  });
  const draft = await asked<{ id: string }>(organiser, 'POST', `${ofCommunity}/campaigns`, {});
  const custody = (await listed(`${ofCommunity}/custody-accounts`))[0]!['id']!;
  const inReview = await read<Listed>(`${ofCommunity}/tasks`, await world.desk('demo.staff'));

  const visitor = async (options: BrowserContextOptions) => {
    const page = await world.page(options);
    await page.addInitScript(`localStorage.setItem('community', '${community}')`);
    return page;
  };
  const as = (phone: string) => (options: BrowserContextOptions) => world.as(phone, options);
  const desk = (login: string) => (options: BrowserContextOptions) => world.desk(login, options);
  const of = (who: Example['as'], ...pages: readonly (string | readonly [string, string])[]): Example[] =>
    pages.map((page) => {
      const [address, path] = typeof page === 'string' ? [page, page] : page;
      return { address, path, as: who };
    });
  const asks = flowers.asks.map(({ id }) => ['/c/$id/pledge/$ask', `/c/${flowers.id}/pledge/${id}`] as const);

  return [
    ...of(visitor, '/', '/communities', '/help', '/privacy', '/needs', '/partners', '/book', '/challenges'),
    ...of(visitor, '/statements', '/login', ['/communities/$id', `/communities/${community}`]),
    ...of(visitor, ['/partners/$id', `/partners/${partner}`], ['/needs/$id', `/needs/${need.id}`]),
    // One campaign in every state that the public sees.
    ...of(visitor, ...campaigns.map(({ id }) => ['/c/$id', `/c/${id}`] as const)),
    ...of(
      visitor,
      ['/book/lines/$id', `/book/lines/${line!['id']}`],
      ['/challenges/$id', `/challenges/${question.id}`],
    ),
    ...of(visitor, ['/c/$id/book', `/c/${flowers.id}/book`]),
    ...of(as(RESIDENT), ...asks, '/needs/new', '/start', '/me', '/me/pledges', '/me/settings', '/me/verify'),
    ...of(as(RESIDENT), '/me/profile', '/me/sessions', '/me/consents', '/me/data', '/me/close'),
    ...of(as(RESIDENT), '/me/partner', '/me/partner/apply'),
    ...of(as(PARTNER_MEMBER), ['/me/partner/$id', `/me/partner/${partner}`]),
    ...of(as(ORGANISER), '/me/campaigns', ['/pay/$id', `/pay/${toPay['id']}`]),
    ...of(as(PAYER), '/me/payments'),
    ...of(as(ORGANISER), ...campaigns.map(({ id }) => ['/c/$id/manage', `/c/${id}/manage`] as const)),
    ...of(
      visitor,
      ['/c/$id/notice', `/c/${flowers.id}/notice`],
      ['/c/$id/poster', `/c/${flowers.id}/poster`],
    ),
    ...of(as(ORGANISER), ['/c/$id/lit/$pledgeId', `/c/${lit['campaignId']}/lit/${lit['id']}`]),
    ...of(as(ORGANISER), ...steps.map((step) => ['/start/$id/$step', `/start/${draft.id}/${step}`] as const)),
    ...of(desk('demo.staff'), '/console', '/console/reviews', '/console/residents', '/console/assist'),
    ...of(desk('demo.staff'), '/console/residents/codes', '/console/residents/trusted', '/console/questions'),
    ...of(desk('demo.staff'), '/me/password', '/console/partners'),
    ...of(desk('demo.staff'), ['/console/partners/$id', `/console/partners/${partner}`]),
    ...of(desk('demo.staff'), '/console/policies', '/console/imports'),
    ...of(desk('demo.staff'), '/console/funds', '/console/funds/receipts', '/console/funds/receipts/new'),
    ...of(desk('demo.staff'), '/console/funds/bank', '/console/funds/pools', '/console/funds/custody'),
    ...of(
      desk('demo.staff'),
      ['/console/funds/c/$id', `/console/funds/c/${benches}`],
      ['/console/funds/c/$id/pay', `/console/funds/c/${benches}/pay`],
      ['/console/funds/custody/$id', `/console/funds/custody/${custody}`],
    ),
    ...of(desk('demo.funds'), '/console/funds/refunds', '/console/funds/bills', '/console/funds/differences'),
    ...of(desk('demo.auditor'), '/console/platform/roles'),
    ...of(
      desk('demo.staff'),
      ...inReview.items
        .filter(({ kind }) => kind === 'review')
        .map((task) => ['/console/reviews/$id', `/console/reviews/${task['campaignId']}`] as const),
    ),
  ];
}
