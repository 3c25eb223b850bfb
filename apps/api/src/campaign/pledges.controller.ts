import { Body, Controller, Get, HttpCode, Param, Post, Query, type OnModuleInit } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
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
import { byHandView, PlacePledgeBody, pledgeView, publicPledgeView } from './pledges.dto.js';

const byId = [(part: string) => isId('plg', part)];

@ApiTags('pledges')
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

  /** Promise help to one ask of an open campaign. */
  @Post('campaigns/:id/pledges')
  @Policy('pledge.place')
  async place(
    @Who() actor: Actor,
    @Param('id', IdOf('cmp')) campaignId: Id<'cmp'>,
    @IdempotencyKey() idempotencyKey: string,
    @Body() body: PlacePledgeBody,
  ) {
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

  /** Who pledged what, as the public may see it: masked names, none for anonymous neighbours. */
  @Get('campaigns/:id/pledges')
  @Policy('pledge.read-public')
  async list(@Param('id', IdOf('cmp')) campaignId: Id<'cmp'>, @Query() { cursor, limit }: PageQuery) {
    const before = keysetOf(cursor, byId)?.[0] ?? null;
    const pledges = await this.pledges.ofCampaign(campaignId, before, limit + 1);
    const names = await this.people.names(pledges.flatMap(({ personId }) => personId ?? []));
    return pageOf(
      pledges,
      limit,
      ({ id }) => [id],
      (pledge) => publicPledgeView(pledge, pledge.personId ? names.get(pledge.personId)?.masked : undefined),
    );
  }

  /** What I promised, newest first. */
  @Get('me/pledges')
  @Policy('pledge.read-own')
  async mine(@Who() actor: Actor, @Query() { cursor, limit }: PageQuery) {
    const before = keysetOf(cursor, byId)?.[0] ?? null;
    const pledges = await this.pledges.ofPerson(actor.personId, before, limit + 1);
    return pageOf(pledges, limit, ({ id }) => [id], pledgeView);
  }

  @Get('pledges/:id')
  @Policy('pledge.read-own')
  async one(@Who() actor: Actor, @Param('id', IdOf('plg')) id: Id<'plg'>) {
    const { pledge, text } = await this.pledges.own(actor, id);
    return { ...pledgeView(pledge), text, payByHand: byHandView(await this.howToPay.execute(pledge)) };
  }

  /** Take a promise back, free until the deadline. Asking again changes nothing more. */
  @Post('pledges/:id/withdraw')
  @HttpCode(200)
  @Policy('pledge.withdraw')
  async withdraw(@Who() actor: Actor, @Param('id', IdOf('plg')) pledgeId: Id<'plg'>) {
    return pledgeView(await this.takePledgeBack.execute({ actor, pledgeId }));
  }
}
