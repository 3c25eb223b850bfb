import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import type { CsvError, CsvRecord } from '../../domain/csv.js';
import { CommunityStore, type CommunityContent } from '../../store/community.store.js';
import { RegionStore, type NewRegion, type RegionKind } from '../../store/region.store.js';
import { repeatsOf, type ImportCounts, type Importer, type ImportTask } from './importer.js';

const KINDS: readonly RegionKind[] = ['city', 'district', 'street'];

function pathOf({ cells }: CsvRecord): string {
  return KINDS.map((kind) => cells[kind])
    .filter(Boolean)
    .join('/');
}

/** Cities, districts and streets. A line names a whole branch; what is missing of it is made. */
@Injectable()
export class RegionImporter implements Importer {
  constructor(private readonly regions: RegionStore) {}

  async apply(tx: Tx, { records }: ImportTask): Promise<ImportCounts | CsvError[]> {
    const errors: CsvError[] = records
      .filter(({ cells }) => cells['street'] !== '' && cells['district'] === '')
      .map(({ line }) => ({
        line,
        column: 'district',
        message: 'is empty, and a street needs its district',
      }));
    errors.push(...repeatsOf(records, pathOf));
    if (errors.length > 0) return errors;
    let created = 0;
    let known = new Map<string, Id<'reg'>>();
    let total = 0;
    for (const kind of KINDS) {
      const wanted = branchesOf(records, kind);
      const paths = [...wanted.keys()];
      const there = await this.regions.idsByPath(tx, paths);
      const missing = paths.filter((path) => !there.has(path)).map((path) => wanted.get(path)!);
      await this.regions.add(tx, missing, known);
      created += missing.length;
      total += paths.length;
      known = await this.regions.idsByPath(tx, paths);
    }
    return { created, updated: 0, unchanged: total - created };
  }
}

function branchesOf(records: readonly CsvRecord[], kind: RegionKind): Map<string, NewRegion> {
  const depth = KINDS.indexOf(kind);
  const wanted = new Map<string, NewRegion>();
  for (const { cells } of records) {
    const names = KINDS.slice(0, depth + 1).map((one) => cells[one] ?? '');
    const name = names.at(-1);
    if (!name) continue;
    const path = names.join('/');
    wanted.set(path, { kind, name, path, parentPath: names.slice(0, -1).join('/') });
  }
  return wanted;
}

const householdsMax = 999_999;
const HOME_ZONE = 'Asia/Shanghai';

/** Communities below streets that are there. A later file corrects counts, telephones and zones. */
@Injectable()
export class CommunityImporter implements Importer {
  constructor(
    private readonly regions: RegionStore,
    private readonly communities: CommunityStore,
  ) {}

  async apply(tx: Tx, { records }: ImportTask): Promise<ImportCounts | CsvError[]> {
    const errors = repeatsOf(records, (record) => `${pathOf(record)}/${record.cells['community']}`);
    const streets = await this.regions.idsByPath(tx, [...new Set(records.map(pathOf))]);
    const contents: CommunityContent[] = [];
    for (const record of records) {
      const content = contentOf(record, streets);
      if ('message' in content) errors.push(content);
      else contents.push(content);
    }
    if (errors.length > 0) return errors;
    const there = await this.communities.byPath(
      tx,
      contents.map(({ path }) => path),
    );
    const missing = contents.filter(({ path }) => !there.has(path));
    await this.communities.add(tx, missing);
    let updated = 0;
    for (const content of contents) {
      const old = there.get(content.path);
      if (!old || sameContent(old, content)) continue;
      await this.communities.change(tx, old.id, content);
      updated += 1;
    }
    return { created: missing.length, updated, unchanged: contents.length - missing.length - updated };
  }
}

function contentOf(record: CsvRecord, streets: ReadonlyMap<string, Id<'reg'>>): CommunityContent | CsvError {
  const { line, cells } = record;
  const streetPath = pathOf(record);
  const streetId = streets.get(streetPath);
  if (!streetId)
    return { line, column: 'street', message: `${streetPath} is not there: import the regions first` };
  const count = cells['household_count'] ?? '';
  if (!/^[1-9][0-9]*$/.test(count) || Number(count) > householdsMax) {
    return { line, column: 'household_count', message: `must be a whole number from 1 to ${householdsMax}` };
  }
  const timeZone = cells['time_zone'] || HOME_ZONE;
  if (!isZone(timeZone))
    return { line, column: 'time_zone', message: 'must be an IANA zone such as Asia/Shanghai' };
  const name = cells['community'] ?? '';
  const phone = cells['phone'] || null;
  return { streetId, name, path: `${streetPath}/${name}`, timeZone, householdCount: Number(count), phone };
}

function isZone(timeZone: string): boolean {
  try {
    // Offsets such as +08:00 pass the formatter too, and know nothing of summer time.
    return (
      /^[A-Z][A-Za-z_]+\/[A-Za-z_/+-]+$/.test(timeZone) &&
      Boolean(new Intl.DateTimeFormat('en', { timeZone }))
    );
  } catch {
    return false;
  }
}

function sameContent(
  a: Pick<CommunityContent, 'timeZone' | 'householdCount' | 'phone'>,
  b: Pick<CommunityContent, 'timeZone' | 'householdCount' | 'phone'>,
): boolean {
  return a.timeZone === b.timeZone && a.householdCount === b.householdCount && a.phone === b.phone;
}
