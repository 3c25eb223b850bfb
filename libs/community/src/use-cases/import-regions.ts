import { Injectable } from '@nestjs/common';
import { StateLog, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { hasRole, type Actor } from '@hehuo/identity';
import type { ImportKind } from '../domain/csv.js';
import { CommunityError } from '../domain/errors.js';
import { CommunityStore } from '../store/community.store.js';
import { Importers } from './imports/importers.js';
import type { ImportCounts } from './imports/importer.js';
import { readCsv, refused, type CsvSource } from './read-csv.js';
import { assertStaffOf, communityNotFound } from './staff-of.js';

export interface ImportInput {
  /** Null: the operator, on the command line. */
  readonly actor: Actor | null;
  readonly kind: ImportKind;
  /** The community that estates, grids and households belong to; null for regions and communities. */
  readonly communityId: Id<'com'> | null;
  readonly source: CsvSource;
  /** Does everything and takes it back: the same answer, nothing stored. */
  readonly dryRun: boolean;
}

export interface ImportResult extends ImportCounts {
  readonly rows: number;
  readonly dryRun: boolean;
}

/** Carries the counts of a dry run out of the transaction that it undoes. */
class TakenBack extends Error {
  constructor(readonly counts: ImportCounts) {
    super('dry run');
  }
}

const OF_PLATFORM: readonly ImportKind[] = ['regions', 'communities'];

/** Reads a CSV file into the region tree or into one community: whole or not at all, and twice is once. */
@Injectable()
export class ImportRegions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly importers: Importers,
    private readonly communities: CommunityStore,
    private readonly log: StateLog,
  ) {}

  /**
   * Throws `community_forbidden`, `community_not_found`, `import_too_large`, and `import_refused` with
   * `details.errors`: up to 100 of `{ line, column, message }`.
   */
  async execute(input: ImportInput): Promise<ImportResult> {
    const communityId = await this.scopeOf(input);
    const records = await readCsv(input.kind, input.source);
    const importer = this.importers.of(input.kind);
    const apply = async (tx: Tx): Promise<ImportCounts> => {
      const outcome = await importer.apply(tx, { records, communityId });
      if (!('created' in outcome)) throw refused([...outcome].sort((a, b) => a.line - b.line));
      if (input.dryRun) throw new TakenBack(outcome);
      await this.remember(tx, input.kind, communityId, outcome);
      return outcome;
    };
    const counts = await this.uow.run(apply).catch((error: unknown) => {
      if (error instanceof TakenBack) return error.counts;
      throw error;
    });
    return { ...counts, rows: records.length, dryRun: input.dryRun };
  }

  private async scopeOf({ actor, kind, communityId }: ImportInput): Promise<Id<'com'> | null> {
    if (OF_PLATFORM.includes(kind)) {
      if (actor && !hasRole(actor, 'platform_admin', null)) {
        throw new CommunityError('community_forbidden', 'a platform admin imports regions and communities');
      }
      return null;
    }
    if (communityId === null) throw communityNotFound();
    if (actor && !hasRole(actor, 'platform_admin', null)) assertStaffOf(actor, communityId);
    if (!(await this.communities.byId(communityId))) throw communityNotFound();
    return communityId;
  }

  private async remember(
    tx: Tx,
    kind: ImportKind,
    communityId: Id<'com'> | null,
    { created, updated }: ImportCounts,
  ): Promise<void> {
    await this.log.append(tx, [
      {
        objectType: 'import',
        objectId: communityId ?? 'platform',
        from: null,
        to: 'stored',
        event: kind,
        reason: `${created} created, ${updated} updated`,
      },
    ]);
  }
}
