import { Injectable } from '@nestjs/common';
import { IdentityError } from '../domain/errors.js';
import { RoleStore } from '../store/role.store.js';
import { RegisterPerson } from './register-person.js';
import { GrantRole } from './roles.js';
import { EnrolStaff, type StaffEnrolment } from './staff.js';

export interface FirstAdminInput {
  readonly phone: string;
  readonly name: string;
  /** YYYY-MM-DD. */
  readonly birthDate: string;
  readonly login: string;
}

/**
 * Makes the first platform admin of an installation: the person, the login and the role, all or nothing. Only while
 * there is none, so that the command line is no way around the admins.
 */
@Injectable()
export class MakeFirstAdmin {
  constructor(
    private readonly roles: RoleStore,
    private readonly register: RegisterPerson,
    private readonly enrol: EnrolStaff,
    private readonly grant: GrantRole,
  ) {}

  /** Throws `first_admin_exists`, and what registering and enrolling throw: `phone_invalid`, `login_taken` and so on. */
  async execute({ phone, name, birthDate, login }: FirstAdminInput): Promise<StaffEnrolment> {
    return this.enrol.bootstrapNew(login, async (tx) => {
      // Two commands at once meet on this lock; the second then finds the admin of the first.
      await this.roles.lockFirstAdmin(tx);
      if (await this.roles.hasActiveAdmin(tx)) {
        throw new IdentityError(
          'first_admin_exists',
          'there is a platform admin already; let them grant the role: POST /v1/role-grants',
        );
      }
      const personId = await this.register.execute(tx, { phone, name, birthDate });
      await this.grant.firstAdmin(tx, personId);
      return personId;
    });
  }
}
