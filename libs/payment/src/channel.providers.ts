import { Clock } from '@hehuo/kernel';
import { Database, FieldCipher } from '@hehuo/platform';
import type { Provider } from '@nestjs/common';
import { ChannelStore } from './store/channel.store.js';
import { KeyStore } from './store/key.store.js';
import { PayerHintStore } from './store/payer-hint.store.js';
import { ActivateChannel } from './use-cases/activate-channel.js';
import { CheckChannel } from './use-cases/check-channel.js';
import { CloseChannel } from './use-cases/close-channel.js';
import { DueChannels } from './use-cases/due-channels.js';
import { ForgetSecrets } from './use-cases/forget-secrets.js';
import { MerchantKeys } from './use-cases/gateway.port.js';
import { PayWays } from './use-cases/pay-ways.js';
import { PresentCharge } from './use-cases/present-charge.js';
import { ProposeChannel } from './use-cases/propose-channel.js';
import { ProposeKeys } from './use-cases/propose-keys.js';
import { ReadChannels } from './use-cases/read-channels.js';
import { StoredMerchantKeys } from './use-cases/stored-merchant-keys.js';

/** Merchant accounts of custodians, their keys, and the ways to pay that follow from them. */
export const CHANNEL_USE_CASES = [
  ...[ProposeChannel, ProposeKeys, CheckChannel, ActivateChannel, CloseChannel, ReadChannels],
  ...[DueChannels, ForgetSecrets, PresentCharge],
];

export const CHANNEL_PROVIDERS: Provider[] = [
  {
    provide: ChannelStore,
    useFactory: (database: Database) => new ChannelStore(database),
    inject: [Database],
  },
  ...[KeyStore, PayerHintStore].map((store) => ({
    provide: store,
    useFactory: (database: Database, cipher: FieldCipher) => new store(database, cipher),
    inject: [Database, FieldCipher],
  })),
  {
    provide: MerchantKeys,
    useFactory: (keys: KeyStore, clock: Clock) => new StoredMerchantKeys(keys, clock),
    inject: [KeyStore, Clock],
  },
  PayWays,
];
