export { hasRole, ROLES, type Actor, type Role, type RoleGrant } from './domain/actor.js';
