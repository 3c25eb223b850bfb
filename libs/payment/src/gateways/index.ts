import type { Clock } from '@hehuo/kernel';
import type { Gateway, MerchantKeys } from '../use-cases/gateway.port.js';
import { SandboxGateway, type SandboxOptions } from './sandbox/sandbox-gateway.js';

/** Which gateways this installation speaks to; null or left out: not at all. */
export interface GatewaySettings {
  readonly sandbox?: SandboxOptions | null;
}

/** What a process reads of its configuration to know its gateways. */
export interface GatewayConfig {
  readonly SANDBOX_URL?: string;
  readonly SANDBOX_SECRET?: string;
}

/** Without any gateway only money by hand is taken. */
export function gatewaySettings({ SANDBOX_URL, SANDBOX_SECRET }: GatewayConfig): GatewaySettings {
  return {
    sandbox: SANDBOX_URL && SANDBOX_SECRET ? { url: SANDBOX_URL, secret: SANDBOX_SECRET } : null,
  };
}

/** One adapter for each gateway that is set up. `keys` knows the merchants' keys where a gateway needs them. */
export function makeGateways({ sandbox }: GatewaySettings, clock: Clock, _keys: MerchantKeys): Gateway[] {
  return sandbox ? [new SandboxGateway(sandbox, clock)] : [];
}
