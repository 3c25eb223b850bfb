import { Injectable } from '@nestjs/common';
import type { Obligation, PersonalDataSource } from '@hehuo/identity';
import type { Id, Tx } from '@hehuo/kernel';
import { PersonalMoney } from '@hehuo/payment';

/** The money of a person. Payment knows people by id only, so here it meets the accounts of people. */
@Injectable()
export class MoneyData implements PersonalDataSource {
  readonly name = 'money';

  constructor(private readonly money: PersonalMoney) {}

  export(personId: Id<'per'>): Promise<unknown> {
    return this.money.export(personId);
  }

  obligations(tx: Tx, personId: Id<'per'>): Promise<readonly Obligation[]> {
    return this.money.open(tx, personId);
  }

  forget(tx: Tx, personId: Id<'per'>): Promise<void> {
    return this.money.forget(tx, personId);
  }
}
