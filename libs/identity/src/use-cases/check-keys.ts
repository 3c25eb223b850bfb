import { Injectable } from '@nestjs/common';
import { PersonStore } from '../store/person.store.js';

/**
 * Whether the keys of this process are those of its database. With another index key everybody who signs in would be
 * somebody new, and with another field key no name could be read and new ones would need a key of their own: both are
 * noticed late and not taken back easily, so that a process asks before it serves.
 */
@Injectable()
export class CheckKeys {
  constructor(private readonly people: PersonStore) {}

  /** What is wrong, with the name of the setting; empty where all is well or nobody is on record yet. */
  async execute(): Promise<string[]> {
    const foreign = await this.people.foreignKey();
    if (foreign === 'field') return ['FIELD_KEY: what lies in this database was sealed with another key'];
    if (foreign === 'index')
      return ['BLIND_INDEX_KEY: the numbers in this database were indexed with another key'];
    return [];
  }
}
