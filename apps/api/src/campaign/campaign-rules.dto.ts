import { ApiProperty } from '@nestjs/swagger';
import {
  BLOCKED,
  BLOCKED_CATEGORIES,
  CATEGORIES,
  FAILURE_WORDS,
  LEGAL_RULES,
  LEGAL_TYPES,
  LEGAL_WORDS,
  LIMITS,
  mayAskMoney,
  PAYEE_WORDS,
  PAYMENT_MODES,
  PAYMENT_WORDS,
  REVIEW_ITEMS,
  SURPLUS_WORDS,
} from '@hehuo/campaign';
import { PolicyOnPage } from './campaign-page.dto.js';
import { WordsView } from '../http/words-view.dto.js';

export class LegalTypeView {
  @ApiProperty({ enum: LEGAL_TYPES }) code!: string;
  @ApiProperty({ type: WordsView }) words!: WordsView;
  @ApiProperty() basis!: string;
  @ApiProperty({ description: 'false: no money is pledged on this platform' }) money!: boolean;
  @ApiProperty({ type: [WordsView] }) holders!: WordsView[];
  @ApiProperty({ type: [PolicyOnPage] }) failure!: PolicyOnPage[];
  @ApiProperty({ type: [PolicyOnPage] }) surplus!: PolicyOnPage[];
  @ApiProperty({ enum: ['required', 'forbidden'] }) externalUrl!: string;
}

export class BlockedView {
  @ApiProperty() code!: string;
  @ApiProperty({ type: WordsView }) reason!: WordsView;
  @ApiProperty({ type: WordsView, description: 'where it can be done instead' }) wayOut!: WordsView;
}

export class CampaignRules {
  @ApiProperty({ type: [LegalTypeView] }) legalTypes!: LegalTypeView[];
  @ApiProperty({ type: [PolicyOnPage] }) paymentModes!: PolicyOnPage[];
  @ApiProperty({ enum: CATEGORIES, isArray: true }) categories!: string[];
  @ApiProperty({ type: [BlockedView] }) blocked!: BlockedView[];
  @ApiProperty({ enum: REVIEW_ITEMS, isArray: true }) reviewItems!: string[];
  @ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }] },
    description: 'named limits; the unit is the last word of the name',
  })
  limits!: Record<string, number | string>;
}

/** The same for everybody and as long as the process runs. */
export function campaignRules(): CampaignRules {
  return {
    legalTypes: LEGAL_TYPES.map((code) => {
      const { basis, payees, failure, surplus, externalUrl } = LEGAL_RULES[code];
      return {
        code,
        words: LEGAL_WORDS[code],
        basis,
        money: mayAskMoney(code),
        holders: payees.map((payee) => PAYEE_WORDS[payee]),
        failure: failure.map((policy) => ({ code: policy, words: FAILURE_WORDS[policy] })),
        surplus: surplus.map((policy) => ({ code: policy, words: SURPLUS_WORDS[policy] })),
        externalUrl,
      };
    }),
    paymentModes: PAYMENT_MODES.map((code) => ({ code, words: PAYMENT_WORDS[code] })),
    categories: [...CATEGORIES],
    blocked: BLOCKED_CATEGORIES.map((code) => ({ code, ...BLOCKED[code] })),
    reviewItems: [...REVIEW_ITEMS],
    limits: Object.fromEntries(
      Object.entries(LIMITS).flatMap(([name, limit]) => {
        if (typeof limit === 'function') return [];
        return [[name, typeof limit === 'bigint' ? limit.toString() : limit]];
      }),
    ),
  };
}
