import type { Kind } from '../kind.js';
import { attention } from './attention.js';
import { goods } from './goods.js';
import type { KindRules } from './kind-rules.js';
import { labour } from './labour.js';
import { money } from './money.js';
import { planning } from './planning.js';
import { skilledWork } from './skilled-work.js';

export const KIND_RULES: Readonly<Record<Kind, KindRules>> = {
  skilled_work: skilledWork,
  labour,
  goods,
  money,
  planning,
  attention,
};

export type { AgeClass, KindRules, PledgeFlaw } from './kind-rules.js';
