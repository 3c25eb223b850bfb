import { Injectable } from '@nestjs/common';
import type { ImportKind } from '../../domain/csv.js';
import { EstateImporter, GridImporter, HouseholdImporter } from './import-community.js';
import { CommunityImporter, RegionImporter } from './import-ground.js';
import type { Importer } from './importer.js';

@Injectable()
export class Importers {
  private readonly byKind: Readonly<Record<ImportKind, Importer>>;

  constructor(
    regions: RegionImporter,
    communities: CommunityImporter,
    estates: EstateImporter,
    grids: GridImporter,
    households: HouseholdImporter,
  ) {
    this.byKind = { regions, communities, estates, grids, households };
  }

  of(kind: ImportKind): Importer {
    return this.byKind[kind];
  }
}
