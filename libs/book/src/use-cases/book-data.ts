import { Injectable } from '@nestjs/common';
import type { Obligation, PersonalDataSource } from '@hehuo/identity';
import type { Id, Tx } from '@hehuo/kernel';
import { ChallengeStore } from '../store/challenge.store.js';
import { MessageStore } from '../store/message.store.js';

const rowsMax = 1_000;

/** What somebody asked and wrote about the book. The lines themselves hold no person, only references of the books. */
@Injectable()
export class BookData implements PersonalDataSource {
  readonly name = 'book';

  constructor(
    private readonly challenges: ChallengeStore,
    private readonly messages: MessageStore,
  ) {}

  async export(personId: Id<'per'>): Promise<unknown> {
    return {
      challenges: await this.challenges.ofPerson(personId, rowsMax),
      messages: await this.messages.ofPerson(personId, rowsMax),
    };
  }

  /** A question may stay open without its writer: the custodian owes the answer to everybody. */
  async obligations(): Promise<Obligation[]> {
    return [];
  }

  async forget(tx: Tx, personId: Id<'per'>): Promise<void> {
    await this.messages.empty(tx, personId);
  }
}
