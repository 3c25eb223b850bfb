import { Injectable } from '@nestjs/common';
import { Clock, newId, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { isDuplicateKey, sqlOf } from '@hehuo/platform';
import {
  CHARGE_IN_FLIGHT,
  orderNumber,
  type Charge,
  type GatewayName,
  type PayScene,
} from '../domain/charge.js';
import { PaymentError } from '../domain/errors.js';
import { ChargeStore, type NewCharge } from '../store/charge.store.js';
import { PayerHintStore } from '../store/payer-hint.store.js';
import { again, Moved } from './again.js';
import type { PayerHint } from './gateway.port.js';
import { PayWays } from './pay-ways.js';
import { Trail } from './trail.js';

export interface OpenChargeInput {
  readonly pledgeId: Id<'plg'>;
  readonly campaignId: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly payerId: Id<'per'>;
  readonly custodyAccountId: Id<'cus'>;
  /** Fen. */
  readonly amount: bigint;
  /** What the payer reads on the payment page, at most 120 characters, without personal data. */
  readonly description: string;
  readonly payBy: Date;
  /** The same id is the same charge for ever; 1 to 64 characters of `A-Za-z0-9_-`. */
  readonly operationId: string;
  /** The gateway that the payer chose; the account's first where nothing is said. */
  readonly gateway?: GatewayName;
  /** How the payer pays; the gateway's first way where nothing is said. */
  readonly scene?: PayScene;
  /** What the gateway asks about the payer in this scene. */
  readonly payerHint?: PayerHint;
  /** Path of the page to come back to, such as `/pay/plg_…`. */
  readonly returnPath?: string;
  /** The payer gives up the payment under way and wants another. The former one is closed at the gateway first. */
  readonly newTry?: boolean;
}

export interface OpenedCharge {
  readonly charge: Charge;
  /** False when the operation or the charge in flight was there already. */
  readonly isNew: boolean;
}

const payBySecondsMin = 30;
const descriptionMax = 120;
const operationPattern = /^[A-Za-z0-9_-]{1,64}$/;
const returnPathPattern = /^\/(?![/\\])[A-Za-z0-9_\-./?=&%]{0,300}$/;

/**
 * Writes the intent to collect one pledge's money, in a transaction of its own, before any gateway hears of it. At most
 * one charge of a pledge is in flight: whoever comes second gets the same one, unless the payer asks for a new try.
 */
@Injectable()
export class OpenCharge {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly charges: ChargeStore,
    private readonly hints: PayerHintStore,
    private readonly ways: PayWays,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws `charge_invalid`, `custody_account_not_active`, `charge_already_paid`, `charge_in_flight` (another sum is
   * under way) or `charge_operation_reused`.
   */
  async execute(input: OpenChargeInput): Promise<OpenedCharge> {
    assertPlain(input);
    return again(async () => {
      try {
        return await this.uow.run((tx) => this.open(tx, input));
      } catch (error) {
        // Two at once: the unique keys on the operation and on the charge in flight let one through.
        if (isDuplicateKey(error)) throw new Moved();
        throw error;
      }
    });
  }

  private async open(tx: Tx, input: OpenChargeInput): Promise<OpenedCharge> {
    const known = await this.charges.ofPledge(input.pledgeId, sqlOf(tx));
    const same = known.find(({ operationId }) => operationId === input.operationId);
    if (same) return { charge: sameOperation(same, input), isNew: false };
    if (known.some(({ bookedAs }) => bookedAs === 'escrow')) {
      throw new PaymentError('charge_already_paid', 'this pledge is paid already');
    }
    const live = known.filter(({ state, closeWanted }) => CHARGE_IN_FLIGHT.includes(state) && !closeWanted);
    const current = live[0];
    if (current && !input.newTry) return { charge: sameSum(current, input), isNew: false };
    await this.charges.wantClosed(
      tx,
      live.map(({ id }) => id),
    );
    return { charge: await this.insert(tx, input), isNew: true };
  }

  private async insert(tx: Tx, input: OpenChargeInput): Promise<Charge> {
    const way = await this.ways.choose(tx, input);
    const { orderDaysMax } = way.capabilities;
    if (!(await this.charges.isPayableUntil(tx, input.payBy, payBySecondsMin, orderDaysMax))) {
      const isNear = input.payBy.getTime() < this.clock.now().getTime() + payBySecondsMin * 1_000;
      throw isNear
        ? new PaymentError('charge_too_late', `less than ${payBySecondsMin} s are left to pay in`)
        : new PaymentError('charge_invalid', `the pay-by time must be at most ${orderDaysMax} days ahead`);
    }
    const id = newId('chg', this.clock.now().getTime());
    const charge: NewCharge = {
      ...{ id, pledgeId: input.pledgeId, campaignId: input.campaignId, communityId: input.communityId },
      ...{ payerId: input.payerId, custodyAccountId: input.custodyAccountId, gateway: way.gateway },
      ...{ merchantRef: way.merchantRef, scene: way.scene, number: orderNumber(id) },
      ...{ operationId: input.operationId, amount: input.amount, description: input.description },
      ...{ payBy: input.payBy, notifyUrl: way.notifyUrl, returnUrl: way.returnUrl(input.returnPath) },
    };
    await this.charges.insert(tx, charge);
    if (way.payerHint) await this.hints.insert(tx, id, way.payerHint);
    const change = { objectType: 'charge', objectId: id, from: null, to: 'new', event: 'open' };
    await this.trail.leave(tx, [change], [{ topic: 'charge.created', ref: id }]);
    const stored = await this.charges.find(id, sqlOf(tx));
    if (!stored) throw new Moved();
    return stored;
  }
}

function assertPlain({ amount, description, operationId, returnPath }: OpenChargeInput): void {
  const isPlain =
    amount > 0n &&
    description.length > 0 &&
    description.length <= descriptionMax &&
    operationPattern.test(operationId) &&
    (returnPath === undefined || returnPathPattern.test(returnPath));
  if (!isPlain) {
    throw new PaymentError(
      'charge_invalid',
      'the sum, description, operation id or return path cannot be used',
    );
  }
}

function sameOperation(charge: Charge, input: OpenChargeInput): Charge {
  const isSame =
    charge.amount === input.amount &&
    charge.payerId === input.payerId &&
    charge.custodyAccountId === input.custodyAccountId;
  if (isSame) return charge;
  throw new PaymentError('charge_operation_reused', 'this operation id belongs to another payment');
}

function sameSum(charge: Charge, input: OpenChargeInput): Charge {
  if (charge.amount === input.amount && charge.payerId === input.payerId) return charge;
  throw new PaymentError('charge_in_flight', 'another payment of this pledge is under way', {
    chargeId: charge.id,
  });
}
