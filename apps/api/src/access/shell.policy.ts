import type { PolicyTable } from './policy-rule.js';

export const SHELL_POLICIES = {
  'shell.read': { who: 'anyone' },
  'shell.metrics': { who: 'operator' },
} as const satisfies PolicyTable;
