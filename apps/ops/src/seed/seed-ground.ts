import { ImportRegions, ReadCommunity, ReadGround, type ImportKind } from '@hehuo/community';
import type { Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import type { Platform } from '../platform.js';
import { COMMUNITIES_CSV, REGIONS_CSV, type DemoGround } from './demo-ground.js';

const pageMax = 100;

/** The region tree and the demo's communities, by the same import that a city uses. */
export class SeedGround {
  constructor(private readonly platform: Platform) {}

  async communities(grounds: readonly DemoGround[]): Promise<Id<'com'>[]> {
    const known = await Promise.all(grounds.map(({ name }) => this.idOf(name)));
    if (known.includes(null)) {
      await this.read('regions', null, REGIONS_CSV);
      await this.read('communities', null, COMMUNITIES_CSV);
    }
    return Promise.all(
      grounds.map(async ({ name }) => {
        const id = await this.idOf(name);
        if (id === null) throw new Error(`the import left out ${name}`);
        return id;
      }),
    );
  }

  /** Every household of a community, in the order of their doors; imported where there is none. */
  async households(ground: DemoGround, communityId: Id<'com'>, staff: Actor): Promise<Id<'hhd'>[]> {
    const known = await this.listed(communityId, staff);
    if (known.length > 0) return known;
    await this.read('grids', communityId, ground.gridsCsv);
    await this.read('estates', communityId, ground.estatesCsv);
    await this.read('households', communityId, ground.householdsCsv);
    return this.listed(communityId, staff);
  }

  private async listed(communityId: Id<'com'>, staff: Actor): Promise<Id<'hhd'>[]> {
    const list: { id: Id<'hhd'>; door: string }[] = [];
    for (let after = ''; ;) {
      const page = await this.platform
        .get(ReadGround)
        .householdsOf({ actor: staff, communityId, estateId: null, after, limit: pageMax });
      list.push(...page);
      const last = page.at(-1);
      if (!last || page.length < pageMax) break;
      after = last.id;
    }
    return list.sort((a, b) => (a.door < b.door ? -1 : 1)).map(({ id }) => id);
  }

  private async idOf(name: string): Promise<Id<'com'> | null> {
    const found = await this.platform
      .get(ReadCommunity)
      .search({ name, streetId: null, after: '', limit: pageMax });
    return found.find((one) => one.name === name)?.id ?? null;
  }

  private async read(kind: ImportKind, communityId: Id<'com'> | null, source: string): Promise<void> {
    await this.platform.get(ImportRegions).execute({ actor: null, kind, communityId, source, dryRun: false });
  }
}
