import { Injectable } from '@nestjs/common';
import { Clock, newId, UnitOfWork, type Id } from '@hehuo/kernel';
import { isDuplicateKey, sqlOf } from '@hehuo/platform';
import { OFFLINE, type GatewayName } from '../domain/charge.js';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { ChannelStore } from '../store/channel.store.js';
import { CustodyStore } from '../store/custody.store.js';
import { Gateways } from './gateway.port.js';
import { Trail } from './trail.js';

export interface ProposeChannelInput {
  readonly actor: Officer;
  readonly custodyAccountId: Id<'cus'>;
  readonly gateway: GatewayName;
  /** The owner's own merchant account at the gateway: a name, no secret. */
  readonly merchantRef: string;
}

const merchantPattern = /^[A-Za-z0-9_.:-]{1,64}$/;

/** Staff names a merchant account of the custodian. It takes no money before a fund approver activates it. */
@Injectable()
export class ProposeChannel {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly custody: CustodyStore,
    private readonly channels: ChannelStore,
    private readonly gateways: Gateways,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Throws `custody_account_not_found`, `payment_forbidden`, `payment_gateway_unknown` or `channel_invalid`. */
  async execute({ actor, custodyAccountId, gateway, merchantRef }: ProposeChannelInput): Promise<Id<'chn'>> {
    if (gateway === OFFLINE) {
      throw new PaymentError(
        'channel_invalid',
        'money by hand needs no merchant account; every account takes it',
      );
    }
    this.gateways.get(gateway);
    if (!merchantPattern.test(merchantRef)) {
      throw new PaymentError(
        'channel_invalid',
        'a merchant account is 1 to 64 letters, digits, "_", ".", ":" or "-"',
      );
    }
    const id = newId('chn', this.clock.now().getTime());
    try {
      await this.uow.run(async (tx) => {
        const account = await this.custody.find(custodyAccountId, sqlOf(tx));
        if (!account) throw new PaymentError('custody_account_not_found', 'there is no such custody account');
        requireOneOf(actor, ['community_staff'], account.communityId);
        if (account.state === 'closed') {
          throw new PaymentError('custody_account_not_active', 'the custody account is closed');
        }
        const { communityId } = account;
        const proposedBy = actor.personId;
        await this.channels.insert(tx, {
          id,
          custodyAccountId,
          communityId,
          gateway,
          merchantRef,
          proposedBy,
        });
        await this.trail.leave(tx, [
          { objectType: 'merchant_channel', objectId: id, from: null, to: 'proposed', event: 'propose' },
        ]);
      });
    } catch (error) {
      if (!isDuplicateKey(error, 'merchant_channel_live')) throw error;
      throw new PaymentError('channel_invalid', 'the account has this merchant account already');
    }
    return id;
  }
}
