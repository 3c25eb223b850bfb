import type { PolicyTable } from '../access/policy-rule.js';

export const FILE_POLICIES = {
  'file.upload': { who: 'signed_in' },
  'file.read': { who: 'signed_in' },
} as const satisfies PolicyTable;
