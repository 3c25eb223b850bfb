import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import type { Actor } from '@hehuo/identity';
import { csvLine, IMPORT_COLUMNS, type ImportKind } from '../domain/csv.js';
import { CommunityStore } from '../store/community.store.js';
import { GroundStore } from '../store/ground.store.js';
import { HouseholdStore } from '../store/household.store.js';
import { RegionStore } from '../store/region.store.js';
import { assertStaffOf, communityNotFound } from './staff-of.js';

const pageItems = 1000;
/** Excel takes a CSV file for UTF-8 only when it begins so. */
const BYTE_ORDER_MARK = '\uFEFF';

type Row = Readonly<Record<string, string>>;

/** Writes the same files that {@link ImportRegions} reads, safe to open in a spreadsheet. */
@Injectable()
export class ExportCsv {
  constructor(
    private readonly regions: RegionStore,
    private readonly communities: CommunityStore,
    private readonly ground: GroundStore,
    private readonly households: HouseholdStore,
  ) {}

  /** Households are for the community's staff, the rest is public. Throws `community_forbidden` and `community_not_found`. */
  async execute(input: {
    actor: Actor | null;
    kind: ImportKind;
    communityId: Id<'com'> | null;
  }): Promise<string> {
    const columns = Object.keys(IMPORT_COLUMNS[input.kind]);
    const lines = [csvLine(columns)];
    for await (const row of this.rowsOf(input)) lines.push(csvLine(columns.map((name) => row[name] ?? '')));
    return BYTE_ORDER_MARK + lines.join('');
  }

  private rowsOf({ actor, kind, communityId }: Parameters<ExportCsv['execute']>[0]): AsyncIterable<Row> {
    if (kind === 'regions') return this.regionRows();
    if (kind === 'communities') return this.communityRows();
    if (communityId === null) throw communityNotFound();
    if (kind === 'estates') return this.estateRows(communityId);
    if (kind === 'grids') return this.gridRows(communityId);
    if (actor) assertStaffOf(actor, communityId);
    return this.householdRows(communityId);
  }

  private async *regionRows(): AsyncGenerator<Row> {
    for (const { path } of await this.regions.all()) yield branch(path);
  }

  private async *communityRows(): AsyncGenerator<Row> {
    const all = (after: string) =>
      this.communities.search({ name: null, streetId: null, after, limit: pageItems });
    for await (const one of paged(all)) {
      yield {
        ...branch(one.path),
        community: one.name,
        household_count: String(one.householdCount),
        time_zone: one.timeZone,
        phone: one.phone ?? '',
      };
    }
  }

  private async *estateRows(communityId: Id<'com'>): AsyncGenerator<Row> {
    for await (const { name } of paged((after) => this.ground.estatesOf(communityId, after, pageItems))) {
      yield { estate: name };
    }
  }

  private async *gridRows(communityId: Id<'com'>): AsyncGenerator<Row> {
    const names = new Map<string, string>();
    const micro: { parentId: string | null; name: string }[] = [];
    const inUse = new Set<string | null>();
    for await (const grid of paged((after) => this.ground.gridsOf(communityId, after, pageItems))) {
      if (grid.kind === 'general') names.set(grid.id, grid.name);
      else {
        micro.push(grid);
        inUse.add(grid.parentId);
      }
    }
    for (const { parentId, name } of micro)
      yield { general_grid: names.get(parentId ?? '') ?? '', micro_grid: name };
    for (const [id, name] of names) if (!inUse.has(id)) yield { general_grid: name };
  }

  private async *householdRows(communityId: Id<'com'>): AsyncGenerator<Row> {
    const all = (after: string) => this.households.ofCommunity(communityId, null, after, pageItems);
    for await (const { estateName, door, gridName } of paged(all)) {
      yield { estate: estateName, door, micro_grid: gridName ?? '' };
    }
  }
}

function branch(path: string): Row {
  const [city = '', district = '', street = ''] = path.split('/');
  return { city, district, street };
}

async function* paged<T extends { readonly id: string }>(
  page: (after: string) => Promise<T[]>,
): AsyncGenerator<T> {
  let after = '';
  for (;;) {
    const rows = await page(after);
    yield* rows;
    if (rows.length < pageItems) return;
    after = rows.at(-1)!.id;
  }
}
