import type { PolicyTable } from '../access/policy-rule.js';

export const BOOK_POLICIES = {
  'book.read': { who: 'anyone' },
  'book.challenge': { who: 'signed_in' },
  'book.answer': { who: 'signed_in' },
  'book.moderate': { who: 'role', roles: ['community_staff'] },
  'statement.read': { who: 'anyone' },
  'payer-receipt.read-own': { who: 'signed_in' },
  'charity-receipt.enter': { who: 'role', roles: ['community_staff'] },
} as const satisfies PolicyTable;
