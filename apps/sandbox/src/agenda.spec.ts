import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nowMs, until } from '../test/harness.js';
import { Agenda } from './agenda.js';
import { systemClock } from './clock.js';

describe('agenda', () => {
  it('runs everything that is due in order of time, then of entry', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 }), async (times) => {
        const agenda = new Agenda({ nowMs: () => 1_000 });
        const ran: { time: number; index: number }[] = [];
        times.forEach((time, index) => agenda.at(time, () => ran.push({ time, index })));
        await until('all have run', () => ran.length === times.length);
        agenda.stop();
        expect(ran).toEqual([...ran].sort((a, b) => a.time - b.time || a.index - b.index));
      }),
      { numRuns: 20 },
    );
  });

  it('keeps an item that lies beyond the reach of one timer', async () => {
    const agenda = new Agenda(systemClock);
    let ran = '';
    agenda.at(nowMs() + 60 * 86_400_000, () => (ran += 'far'));
    agenda.at(nowMs() + 20, () => (ran += 'near'));
    await until('the near one', () => ran !== '');
    agenda.stop();
    expect(ran).toBe('near');
  });
});
