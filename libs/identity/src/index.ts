export {
  hasRole,
  provenLately,
  ROLES,
  secondFactorMinutes,
  type Actor,
  type Role,
  type RoleGrant,
} from './domain/actor.js';
export { ageClassOn, localDay, type AgeClass } from './domain/age.js';
export { IdentityError, type IdentityErrorCode } from './domain/errors.js';
export { ResolveSession } from './use-cases/resolve-session.js';
export { ReadPeople, type MaskedPerson } from './use-cases/read-people.js';
export { IdentityModule } from './identity.module.js';
