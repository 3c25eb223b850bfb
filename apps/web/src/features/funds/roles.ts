import type { Role } from '../console';

/** Who reads what the money does; what one may do of it is asked act by act. */
export const MONEY_ROLES: readonly Role[] = ['community_staff', 'fund_approver', 'auditor'];
/** Whoever of these comes second confirms what another entered. */
export const HANDS = ['community_staff', 'fund_approver'] as const satisfies readonly Role[];
