import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import type { GatewayName, PayScene } from '../domain/charge.js';
import { PaymentError } from '../domain/errors.js';
import { ChannelStore } from '../store/channel.store.js';
import { CustodyStore } from '../store/custody.store.js';
import { Gateways, type GatewayCapabilities, type PayerHint } from './gateway.port.js';

export interface PayWish {
  readonly custodyAccountId: Id<'cus'>;
  readonly communityId: Id<'com'>;
  readonly gateway?: GatewayName;
  readonly scene?: PayScene;
  readonly payerHint?: PayerHint;
}

export interface PayWay {
  readonly gateway: GatewayName;
  readonly merchantRef: string;
  readonly scene: PayScene;
  readonly capabilities: GatewayCapabilities;
  readonly notifyUrl: string | null;
  /** Only what this scene needs is kept of what the payer's page said. */
  readonly payerHint: PayerHint | null;
  readonly returnUrl: (path: string | undefined) => string | null;
}

/** Finds the merchant account and the scene for a payment: what the payer chose, if the custodian offers it. */
@Injectable()
export class PayWays {
  constructor(
    private readonly custody: CustodyStore,
    private readonly channels: ChannelStore,
    private readonly gateways: Gateways,
  ) {}

  /** Throws `custody_account_not_active`, or `charge_invalid` for a way that is not offered. */
  async choose(tx: Tx, wish: PayWish): Promise<PayWay> {
    const { gateway, merchantRef } = await this.channelOf(tx, wish);
    const { capabilities } = this.gateways.get(gateway);
    const scene = wish.scene ?? capabilities.scenes[0];
    if (!capabilities.scenes.includes(scene)) {
      const message = `${gateway} offers ${capabilities.scenes.join(', ')}; choose one of these`;
      throw new PaymentError('charge_invalid', message, { scene });
    }
    const { publicUrl } = this.gateways;
    return {
      ...{ gateway, merchantRef, scene, capabilities },
      notifyUrl: this.gateways.callbackUrl(gateway, merchantRef),
      payerHint: hintFor(scene, wish.payerHint),
      returnUrl: (path) => (path === undefined || publicUrl === null ? null : publicUrl + path),
    };
  }

  private async channelOf(tx: Tx, wish: PayWish): Promise<{ gateway: GatewayName; merchantRef: string }> {
    const account = await this.custody.find(wish.custodyAccountId, sqlOf(tx));
    if (account?.state !== 'active' || account.communityId !== wish.communityId) {
      throw new PaymentError('custody_account_not_active', 'the custody account takes no money now');
    }
    const channels = await this.channels.ofAccounts([account.id], sqlOf(tx));
    const open = channels.filter(({ state, gateway }) => state === 'active' && this.gateways.find(gateway));
    const channel = open.find(({ gateway }) => wish.gateway === undefined || gateway === wish.gateway);
    if (channel) return channel;
    if (open.length === 0) {
      throw new PaymentError('custody_account_not_active', 'the custody account takes no online payment now');
    }
    const offered = [...new Set(open.map(({ gateway }) => gateway))].join(', ');
    throw new PaymentError('charge_invalid', `this account takes ${offered}; choose one of these`);
  }
}

function hintFor(scene: PayScene, hint: PayerHint | undefined): PayerHint | null {
  if (scene === 'wechat') {
    if (hint?.openId === undefined) {
      throw new PaymentError('charge_invalid', 'paying inside WeChat needs the payer’s openId');
    }
    return { openId: hint.openId };
  }
  return scene === 'phone' && hint?.ip !== undefined ? { ip: hint.ip } : null;
}
