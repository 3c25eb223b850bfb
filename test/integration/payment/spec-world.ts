import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { World } from './world.js';

/** The world of a whole spec: started before it, with a sound gateway and no breach after each of its tests. */
export function throughSpec<W extends World>(world: W): W {
  beforeAll(() => world.start());
  afterAll(() => world.stop());
  afterEach(async () => {
    await world.faults();
    expect(await world.breaches()).toEqual([]);
  });
  return world;
}
