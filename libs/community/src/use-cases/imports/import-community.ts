import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import type { CsvError, CsvRecord } from '../../domain/csv.js';
import { normalDoor } from '../../domain/household.js';
import { GroundStore, type Grid } from '../../store/ground.store.js';
import { HouseholdStore, type NewHousehold } from '../../store/household.store.js';
import { repeatsOf, type ImportCounts, type Importer, type ImportTask } from './importer.js';

@Injectable()
export class EstateImporter implements Importer {
  constructor(private readonly ground: GroundStore) {}

  async apply(tx: Tx, { records, communityId }: ImportTask): Promise<ImportCounts | CsvError[]> {
    const errors = repeatsOf(records, ({ cells }) => cells['estate'] ?? '');
    if (errors.length > 0 || communityId === null) return errors;
    const there = await this.ground.estateNames(tx, communityId);
    const missing = records.map(({ cells }) => cells['estate'] ?? '').filter((name) => !there.has(name));
    await this.ground.addEstates(tx, communityId, missing);
    return { created: missing.length, updated: 0, unchanged: records.length - missing.length };
  }
}

/** General grids, and micro grids below them. A line without a micro grid names a general one alone. */
@Injectable()
export class GridImporter implements Importer {
  constructor(private readonly ground: GroundStore) {}

  async apply(tx: Tx, { records, communityId }: ImportTask): Promise<ImportCounts | CsvError[]> {
    const lines = records.filter(({ cells }) => cells['micro_grid'] !== '');
    const errors = repeatsOf(lines, ({ cells }) => cells['micro_grid'] ?? '');
    if (errors.length > 0 || communityId === null) return errors;
    const general = new Set(records.map(({ cells }) => cells['general_grid'] ?? ''));
    const before = await this.ground.gridNames(tx, communityId);
    const newGeneral = [...general].filter((name) => !idOf(before, 'general', name));
    await this.ground.addGrids(
      tx,
      communityId,
      newGeneral.map((name) => ({ kind: 'general', parentId: null, name })),
    );
    const now = await this.ground.gridNames(tx, communityId);
    const newMicro: Omit<Grid, 'id'>[] = [];
    for (const { line, cells } of lines) {
      const name = cells['micro_grid'] ?? '';
      const parentId = idOf(now, 'general', cells['general_grid'] ?? '') ?? null;
      const known = now.find((grid) => grid.kind === 'micro' && grid.name === name);
      if (!known) newMicro.push({ kind: 'micro', parentId, name });
      else if (known.parentId !== parentId) {
        errors.push({
          line,
          column: 'general_grid',
          message: 'the micro grid belongs to another general grid',
        });
      }
    }
    if (errors.length > 0) return errors;
    await this.ground.addGrids(tx, communityId, newMicro);
    const created = newGeneral.length + newMicro.length;
    return { created, updated: 0, unchanged: general.size + lines.length - created };
  }
}

function idOf(grids: readonly Grid[], kind: Grid['kind'], name: string): Id<'grd'> | undefined {
  return grids.find((grid) => grid.kind === kind && grid.name === name)?.id;
}

interface Placed extends NewHousehold {
  readonly index: string;
}

@Injectable()
export class HouseholdImporter implements Importer {
  constructor(
    private readonly ground: GroundStore,
    private readonly households: HouseholdStore,
  ) {}

  async apply(tx: Tx, { records, communityId }: ImportTask): Promise<ImportCounts | CsvError[]> {
    const errors = repeatsOf(records, ({ cells }) => `${cells['estate']}|${normalDoor(cells['door'] ?? '')}`);
    if (communityId === null) return errors;
    const estates = await this.ground.estateNames(tx, communityId);
    const grids = new Map(
      (await this.ground.gridNames(tx, communityId)).flatMap(({ id, kind, name }) =>
        kind === 'micro' ? [[name, id] as const] : [],
      ),
    );
    const placed: Placed[] = [];
    for (const record of records) {
      const one = this.place(record, estates, grids);
      if ('message' in one) errors.push(one);
      else placed.push(one);
    }
    if (errors.length > 0) return errors;
    const known = await this.households.known(tx, [...new Set(placed.map(({ estateId }) => estateId))]);
    const missing = placed.filter(({ index }) => !known.has(index));
    await this.households.add(tx, communityId, missing);
    const updated = await this.moveGrids(tx, placed, known);
    return { created: missing.length, updated, unchanged: placed.length - missing.length - updated };
  }

  private place(
    { line, cells }: CsvRecord,
    estates: ReadonlyMap<string, Id<'est'>>,
    grids: ReadonlyMap<string, Id<'grd'>>,
  ): Placed | CsvError {
    const estateId = estates.get(cells['estate'] ?? '');
    if (!estateId) return { line, column: 'estate', message: 'is not there: import the estates first' };
    const grid = cells['micro_grid'] ?? '';
    const gridId = grids.get(grid) ?? null;
    if (grid !== '' && gridId === null) {
      return { line, column: 'micro_grid', message: 'is not there: import the grids first' };
    }
    const door = cells['door'] ?? '';
    return { estateId, gridId, door, index: this.households.doorIndex(estateId, door) };
  }

  private async moveGrids(
    tx: Tx,
    placed: readonly Placed[],
    known: Awaited<ReturnType<HouseholdStore['known']>>,
  ): Promise<number> {
    const moves = new Map<Id<'grd'>, Id<'hhd'>[]>();
    for (const { index, gridId } of placed) {
      const old = known.get(index);
      if (!old || gridId === null || old.gridId === gridId) continue;
      moves.set(gridId, [...(moves.get(gridId) ?? []), old.id]);
    }
    for (const [gridId, ids] of moves) await this.households.moveToGrid(tx, ids, gridId);
    return [...moves.values()].reduce((sum, ids) => sum + ids.length, 0);
  }
}
