import { Body, Controller, Get, HttpCode, Param, Post, Query, type OnModuleInit } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PlacePledge, ReadPledges } from '@hehuo/campaign';
import { ReadPeople, type Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { HowToPay, TakePledgeBack } from '@hehuo/settlement';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, PageQuery, pageOf } from '../http/paging.js';
import { bodyHash, IdempotencyKey } from '../idempotency/idempotency-key.js';
import { Drains } from '../lifecycle/drains.js';
import { OwnPledgeView, PledgeList, PledgeView, PublicPledgeList } from './pledge-views.dto.js';
import { byHandView, MyPledgesQuery, PlacePledgeBody, pledgeView, publicPledgeView } from './pledges.dto.js';

const byId = [(part: string) => isId('plg', part)];

@ApiTags('pledges')
@ApiBearerAuth()
@Controller('v1')
export class PledgesController implements OnModuleInit {
  constructor(
    private readonly placePledge: PlacePledge,
    private readonly takePledgeBack: TakePledgeBack,
    private readonly pledges: ReadPledges,
    private readonly people: ReadPeople,
    private readonly drains: Drains,
    private readonly howToPay: HowToPay,
  ) {}

  onModuleInit(): void {
    this.drains.add('pledges', () => this.placePledge.drain());
  }

  @Post('campaigns/:id/pledges')
  @Policy('pledge.place')
  @ApiOperation({
    summary: 'promise help to one ask of an open campaign; free to take back until the deadline',
  })
  @ApiCreatedResponse({ type: PledgeView })
  async place(
    @Who() actor: Actor,
    @Param('id', IdOf('cmp')) campaignId: Id<'cmp'>,
    @IdempotencyKey() idempotencyKey: string,
    @Body() body: PlacePledgeBody,
  ): Promise<PledgeView> {
    const pledge = await this.placePledge.execute({
      actor,
      campaignId,
      askId: body.askId as Id<'ask'>,
      slotId: (body.slotId as Id<'slt'> | undefined) ?? null,
      places: body.places,
      quantity: body.quantity === undefined ? null : BigInt(body.quantity),
      text: body.text ?? null,
      anonymous: body.anonymous,
      onBehalfOf: body.onBehalfOf
        ? {
            personId: body.onBehalfOf.personId as Id<'per'>,
            consentEvidence: body.onBehalfOf.consentEvidence,
          }
        : null,
      idempotencyKey,
      requestHash: bodyHash({ campaignId, ...body }).toString('hex'),
    });
    return pledgeView(pledge);
  }

  @Get('campaigns/:id/pledges')
  @Policy('pledge.read-public')
  @ApiOperation({
    summary: 'who promised what, newest first: names are masked, anonymous neighbours have none',
  })
  @ApiOkResponse({ type: PublicPledgeList })
  async list(
    @Param('id', IdOf('cmp')) campaignId: Id<'cmp'>,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<PublicPledgeList> {
    const before = keysetOf(cursor, byId)?.[0] ?? null;
    const pledges = await this.pledges.ofCampaign(campaignId, before, limit + 1);
    const names = await this.people.names(pledges.flatMap(({ personId }) => personId ?? []));
    const page = pageOf(
      pledges,
      limit,
      ({ id }) => [id],
      (pledge) => publicPledgeView(pledge, pledge.personId ? names.get(pledge.personId)?.masked : undefined),
    );
    return { items: [...page.items], next: page.next };
  }

  @Get('me/pledges')
  @Policy('pledge.read-own')
  @ApiOperation({ summary: 'what I promised, newest first, to all campaigns or to one' })
  @ApiOkResponse({ type: PledgeList })
  async mine(
    @Who() actor: Actor,
    @Query() { cursor, limit, campaignId }: MyPledgesQuery,
  ): Promise<PledgeList> {
    const before = keysetOf(cursor, byId)?.[0] ?? null;
    const pledges = await this.pledges.ofPerson(actor.personId, campaignId ?? null, before, limit + 1);
    const page = pageOf(pledges, limit, ({ id }) => [id], pledgeView);
    return { items: [...page.items], next: page.next };
  }

  @Get('pledges/:id')
  @Policy('pledge.read-own')
  @ApiOperation({ summary: 'one promise of mine, and how to pay it where money goes by hand' })
  @ApiOkResponse({ type: OwnPledgeView })
  async one(@Who() actor: Actor, @Param('id', IdOf('plg')) id: Id<'plg'>): Promise<OwnPledgeView> {
    const { pledge, text } = await this.pledges.own(actor, id);
    return { ...pledgeView(pledge), text, payByHand: byHandView(await this.howToPay.execute(pledge)) };
  }

  @Post('pledges/:id/withdraw')
  @HttpCode(200)
  @Policy('pledge.withdraw')
  @ApiOperation({
    summary: 'take a promise back, free until the deadline; asking again changes nothing more',
  })
  @ApiOkResponse({ type: PledgeView })
  async withdraw(@Who() actor: Actor, @Param('id', IdOf('plg')) pledgeId: Id<'plg'>): Promise<PledgeView> {
    return pledgeView(await this.takePledgeBack.execute({ actor, pledgeId }));
  }
}
