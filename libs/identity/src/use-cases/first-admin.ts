import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id } from '@hehuo/kernel';
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
 * Makes the first platform admin of an installation: the person, the login and the role. Only while there is none, so
 * that the command line is no way around the admins; killed in between, it is simply done again.
 */
@Injectable()
export class MakeFirstAdmin {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly roles: RoleStore,
    private readonly register: RegisterPerson,
    private readonly enrol: EnrolStaff,
    private readonly grant: GrantRole,
  ) {}

  /** Throws `first_admin_exists`, and what registering and enrolling throw: `phone_invalid`, `login_taken` and so on. */
  async execute({ phone, name, birthDate, login }: FirstAdminInput): Promise<StaffEnrolment> {
    await this.refuseSecond();
    const personId = await this.uow.run((tx) => this.register.execute(tx, { phone, name, birthDate }));
    const enrolment = await this.enrol.bootstrap({ personId, login });
    await this.become(personId);
    return enrolment;
  }

  private async become(personId: Id<'per'>): Promise<void> {
    await this.refuseSecond();
    await this.grant.bootstrapAdmin(personId);
  }

  private async refuseSecond(): Promise<void> {
    if (!(await this.roles.hasActiveAdmin())) return;
    throw new IdentityError(
      'first_admin_exists',
      'there is a platform admin already; let them grant the role: POST /v1/role-grants',
    );
  }
}
