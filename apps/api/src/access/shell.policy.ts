import type { PolicyTable } from './policy-rule.js';

export const SHELL_POLICIES = {
  'shell.read': { who: 'anyone' },
  /** Pages hold public facts only; what is on them for somebody signed in is read from the api. */
  'shell.page': { who: 'anyone' },
  'shell.metrics': { who: 'operator' },
} as const satisfies PolicyTable;
