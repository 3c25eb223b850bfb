import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { FilesOfPerson } from '@hehuo/platform';
import type { Obligation, PersonalDataSource } from './personal-data.port.js';

/** Photos and documents that somebody uploaded. The platform keeps them and knows no accounts of people. */
@Injectable()
export class FileData implements PersonalDataSource {
  readonly name = 'files';

  constructor(private readonly files: FilesOfPerson) {}

  /** Without the bytes: each file is fetched by its id as long as the account is open. */
  async export(personId: Id<'per'>): Promise<unknown> {
    return (await this.files.list(personId)).map(
      ({ id, purpose, type, bytes, width, height, sha256, objectType, objectId, createdAt }) => ({
        ...{ id, purpose, type, bytes, width, height, sha256, objectType, objectId, createdAt },
      }),
    );
  }

  async obligations(): Promise<Obligation[]> {
    return [];
  }

  forget(tx: Tx, personId: Id<'per'>): Promise<void> {
    return this.files.forget(tx, personId);
  }
}
