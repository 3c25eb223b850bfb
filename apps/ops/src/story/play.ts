import type { DemoSecrets } from '../seed/demo-secrets.js';
import { STORY_GROUND } from '../seed/demo-ground.js';
import { UserError, type Terminal } from '../output/terminal.js';
import { Books } from './books.js';
import { device, moveIn, signInStaff, type Neighbour, type Stage } from './cast.js';
import { eachOf, refusalCode, type Caller } from './caller.js';
import { households, lampsDraft, paintingDraft } from './drafts.js';
import { Findings } from './findings.js';
import { custodyOf, Launch, untilState } from './launch.js';
import { pay } from './payer.js';
import { askOf, pledge, Pledging, type Promised } from './pledging.js';
import { Verdict } from './verdict.js';
import type { CampaignView, Page } from './views.js';

/** From the draft to the deadline: notice, opening and every pledge have to fit. */
const deadlineSeconds = 60;
const closeSecondsMax = 120;
const settleSecondsMax = 60;
const echoesWanted = 8;
const payersAtOnce = 6;
const pageMax = 100;

interface Played {
  readonly id: string;
  readonly promised: Promised;
}

/** 书院雅居 of the design: 36 households, 3,600 yuan and their own painting; and a twin that misses its goal. */
export class Story {
  private readonly findings = new Findings();
  private readonly anybody: Caller;
  private staff!: Caller;
  private neighbours: readonly Neighbour[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly secrets: DemoSecrets,
    private readonly terminal: Terminal,
  ) {
    this.anybody = device(stage, 0);
  }

  async play(): Promise<void> {
    const { timeline } = this.stage;
    const communityId = await this.communityId();
    this.staff = await signInStaff(this.stage, 'demo.staff', this.secrets);
    timeline.tell('staff sign in with password and authenticator');
    this.neighbours = await this.moveIn(communityId);
    const elderId = await this.elder(communityId);
    const needId = await this.need(communityId);
    const [painting, lamps] = await this.launch(communityId, needId);
    const pledging = new Pledging(this.neighbours, this.staff, this.findings, timeline);
    const played = {
      painting: { id: painting.id, promised: await pledging.painting(painting, elderId) },
      lamps: { id: lamps.id, promised: await pledging.lamps(lamps) },
    };
    await this.pastDeadline(painting, lamps, played.painting.promised);
    await this.settle(played.painting, played.lamps);
    if (this.findings.wrong.length > 0) {
      throw new UserError(`${this.findings.wrong.length} findings of the story are wrong; see the table.`);
    }
    this.terminal.out(`The story is right in every sum. It took ${timeline.seconds.toFixed(0)} s.`);
  }

  async close(): Promise<void> {
    const callers = [this.anybody, this.staff, ...this.neighbours.map(({ caller }) => caller)];
    await Promise.all(callers.map((caller) => caller?.close()));
  }

  private async communityId(): Promise<string> {
    const { name } = STORY_GROUND;
    const { items } = await this.anybody.get<Page<{ id: string; name: string }>>(
      `/v1/communities?name=${encodeURIComponent(name)}`,
    );
    const found = items.find((one) => one.name === name);
    if (!found) throw new UserError(`There is no community ${name} here. Put the demo in: ops seed --demo`);
    return found.id;
  }

  private async moveIn(communityId: string): Promise<Neighbour[]> {
    const path = `/v1/communities/${communityId}`;
    const list = await this.staff.get<Page<{ id: string }>>(`${path}/households?limit=${pageMax}`);
    const householdIds = list.items.slice(0, households).map(({ id }) => id);
    const { items } = await this.staff.post<Page<{ code: string }>>(`${path}/door-codes`, {
      body: { householdIds },
    });
    this.stage.timeline.tell(`staff print the notices for ${items.length} doors`);
    const neighbours = await moveIn(
      this.stage,
      communityId,
      items.map(({ code }) => code),
    );
    this.stage.timeline.tell(
      `${neighbours.length} neighbours sign in by one-time code and verify their doors`,
    );
    return neighbours;
  }

  /** Somebody without a telephone, registered at the desk. */
  private async elder(communityId: string): Promise<string> {
    const path = `/v1/communities/${communityId}`;
    const list = await this.staff.get<Page<{ id: string }>>(`${path}/households?limit=${pageMax}`);
    const householdId = list.items[households - 1]?.id;
    const body = { householdId, name: '书院老人', birthDate: '1941-02-03', signedOnPaper: true };
    return (await this.staff.post<{ personId: string }>(`${path}/residents`, { body })).personId;
  }

  private async need(communityId: string): Promise<string> {
    const organiser = this.organiser();
    const body = { title: '楼道墙皮脱落', text: '三个单元的楼道墙皮都掉了，想一起刷白。', placeText: '一栋' };
    const need = await organiser.post<{ id: string }>(`/v1/communities/${communityId}/needs`, { body });
    const others = this.neighbours.slice(1, echoesWanted + 1);
    await eachOf(others, payersAtOnce, ({ caller }) => caller.put(`/v1/needs/${need.id}/me-too`, {}));
    await others[0]!.caller.put(`/v1/needs/${need.id}/me-too`, {});
    const seen = await this.anybody.get<{ echoes: number }>(`/v1/needs/${need.id}`);
    this.findings.expect('households that said "me too"', echoesWanted + 1, seen.echoes);
    this.stage.timeline.tell(`a neighbour says what is missing, ${echoesWanted} others say "me too"`);
    return need.id;
  }

  private async launch(communityId: string, needId: string): Promise<[CampaignView, CampaignView]> {
    const { timeline, now } = this.stage;
    const custody = await custodyOf(this.anybody, communityId);
    const launch = new Launch(this.organiser(), this.staff, communityId, custody);
    const deadline = new Date(now().getTime() + deadlineSeconds * 1000);
    const paintingId = await launch.bring(paintingDraft(deadline), needId);
    const lampsId = await launch.bring(lampsDraft(deadline), null);
    timeline.tell(`both campaigns are written, reviewed and under notice; deadline in ${deadlineSeconds} s`);
    const open = (id: string): Promise<CampaignView> =>
      untilState(this.anybody, timeline, {
        id,
        state: 'open',
        over: ['returned', 'cancelled'],
        what: 'the worker opens the campaigns when their notice is over',
      });
    const opened: [CampaignView, CampaignView] = [await open(paintingId), await open(lampsId)];
    timeline.tell('the notice is over and the worker has opened both');
    return opened;
  }

  private async pastDeadline(
    painting: CampaignView,
    lamps: CampaignView,
    { money }: Promised,
  ): Promise<void> {
    const { timeline } = this.stage;
    const what = 'the worker closes and decides at the deadline';
    const collecting = { id: painting.id, state: 'collecting', over: ['failed', 'succeeded'], what };
    await untilState(this.anybody, timeline, collecting, closeSecondsMax);
    timeline.tell('the deadline has passed; the goal is met, and everybody is asked to pay');
    const late = await refusalCode(() =>
      pledge(
        this.neighbours[30]!.caller,
        painting.id,
        { askId: askOf(painting, 'attention').id },
        'too-late-1',
      ),
    );
    this.findings.expect('a promise after the deadline', 'pledging_closed', late);
    const failed = { id: lamps.id, state: 'failed', over: ['succeeded', 'collecting'], what };
    await untilState(this.anybody, timeline, failed, closeSecondsMax);
    timeline.tell('twin: the goal is missed');
    await eachOf(this.neighbours, payersAtOnce, (neighbour) =>
      pay(neighbour, money.get(neighbour.at) ?? '', timeline),
    );
    timeline.tell(`${households} households have paid at the gateway`);
    const what2 = 'the collection ends when everybody has paid';
    const succeeded = { id: painting.id, state: 'succeeded', over: ['failed'], what: what2 };
    await untilState(this.anybody, timeline, succeeded, settleSecondsMax);
    timeline.tell('the collection is over: the campaign has succeeded');
  }

  private async settle(painting: Played, lamps: Played): Promise<void> {
    const { timeline } = this.stage;
    const both = [await this.booksOf(painting.id), await this.booksOf(lamps.id)] as const;
    for (const books of both) {
      const what = `every pledge of "${books.campaign.title}" is settled and in the books`;
      await timeline.until(what, settleSecondsMax, async () => ((await isAtRest(books)) ? true : null));
    }
    timeline.tell('every pledge of both campaigns is settled');
    const verdict = new Verdict(this.findings);
    await verdict.painting(both[0], this.neighbours, painting.promised);
    await verdict.lamps(both[1], this.neighbours, lamps.promised);
    this.terminal.out(timeline.shown());
    for (const books of both) {
      this.terminal.out(`\n${books.campaign.title} (${books.campaign.id}), ${books.campaign.state}`);
      this.terminal.out(`Settlement, quantity and (pledges):\n${await books.shownSettlement()}`);
      this.terminal.out(`Ledger:\n${await books.shownLedger()}`);
    }
    this.terminal.out(`\nWhat the story expects:\n${this.findings.shown()}`);
  }

  private async booksOf(id: string): Promise<Books> {
    return new Books(this.anybody, await this.anybody.get<CampaignView>(`/v1/campaigns/${id}`));
  }

  private organiser(): Caller {
    const [first] = this.neighbours;
    if (!first) throw new Error('the story has neighbours');
    return first.caller;
  }
}

/** Settled, and every movement of it written into the statements. */
async function isAtRest(books: Books): Promise<boolean> {
  if ((await refusalCode(() => books.settlement())) !== 'accepted') return false;
  if ((await books.settlement()).state !== 'done') return false;
  const accounts = await books.accounts();
  if (accounts.some(({ pending }) => pending !== '0')) return false;
  for (const { account, balance } of accounts) {
    const [newest] = (await books.lines(account)).items;
    if ((newest?.balanceAfter ?? '0') !== balance) return false;
  }
  return true;
}
