import type { PolicyTable } from '../access/policy-rule.js';

export const FILE_POLICIES = {
  'file.upload': { who: 'signed_in' },
  // Some objects are public; whoever is not signed in is asked to be for any other file.
  'file.read': { who: 'anyone' },
} as const satisfies PolicyTable;
