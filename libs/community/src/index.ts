export { Memberships, Trusted, type VerifiedMember } from './use-cases/memberships.js';
