import type { Clock } from '@hehuo/kernel';
import type { Gateway, MerchantKeys } from '../use-cases/gateway.port.js';
import { AlipayGateway, type AlipayOptions } from './alipay/alipay-gateway.js';
import { SandboxGateway, type SandboxOptions } from './sandbox/sandbox-gateway.js';
import { WechatGateway } from './wechat/wechat-gateway.js';
import type { WechatOptions } from './wechat/wire.js';

/** Which gateways this installation speaks to; null or left out: not at all. */
export interface GatewaySettings {
  readonly sandbox?: SandboxOptions | null;
  readonly wechat?: WechatOptions | null;
  readonly alipay?: AlipayOptions | null;
}

/** What a process reads of its configuration to know its gateways. */
export interface GatewayConfig {
  readonly SANDBOX_URL?: string;
  readonly SANDBOX_SECRET?: string;
  readonly WECHAT_PAY?: 'yes' | 'no';
  readonly WECHAT_PAY_ORIGIN?: string;
  readonly ALIPAY?: 'yes' | 'no';
  readonly ALIPAY_GATEWAY?: string;
}

/** Without any gateway only money by hand is taken. */
export function gatewaySettings(config: GatewayConfig): GatewaySettings {
  const { SANDBOX_URL, SANDBOX_SECRET, WECHAT_PAY, WECHAT_PAY_ORIGIN, ALIPAY, ALIPAY_GATEWAY } = config;
  return {
    sandbox: SANDBOX_URL && SANDBOX_SECRET ? { url: SANDBOX_URL, secret: SANDBOX_SECRET } : null,
    wechat: WECHAT_PAY === 'yes' ? (WECHAT_PAY_ORIGIN ? { origin: WECHAT_PAY_ORIGIN } : {}) : null,
    alipay: ALIPAY === 'yes' && ALIPAY_GATEWAY ? { gateway: ALIPAY_GATEWAY } : null,
  };
}

/** One adapter for each gateway that is set up. `keys` knows the merchants' keys where a gateway needs them. */
export function makeGateways(
  { sandbox, wechat, alipay }: GatewaySettings,
  clock: Clock,
  keys: MerchantKeys,
): Gateway[] {
  return [
    ...(sandbox ? [new SandboxGateway(sandbox, clock)] : []),
    ...(wechat ? [new WechatGateway(wechat, keys, clock)] : []),
    ...(alipay ? [new AlipayGateway(alipay, keys, clock)] : []),
  ];
}
