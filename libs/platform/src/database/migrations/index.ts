import { platform0001 } from './0001-platform.js';
import { ledger0301 } from './0301-ledger.js';
import { campaign0401 } from './0401-campaign.js';
import type { Migration } from './migration.js';

/** In order. Ranges keep contexts apart: 00xx platform, 01xx identity, 02xx community, 03xx ledger, 04xx campaign, 05xx payment, 06xx settlement. */
export const MIGRATIONS: readonly Migration[] = [platform0001, ledger0301, campaign0401];
