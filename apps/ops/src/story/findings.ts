import { table } from '../output/table.js';

interface Finding {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** What the story expects, to the fen, and what it found. */
export class Findings {
  private readonly list: Finding[] = [];

  expect(what: string, expected: string | bigint | number, found: string | bigint | number): void {
    this.list.push({ what, expected: String(expected), found: String(found) });
  }

  get wrong(): readonly Finding[] {
    return this.list.filter(({ expected, found }) => expected !== found);
  }

  shown(): string {
    const right = { align: 'right' } as const;
    return table(
      [{ title: 'what' }, { title: 'expected', ...right }, { title: 'found', ...right }, { title: '' }],
      this.list.map(({ what, expected, found }) => [
        what,
        expected,
        found,
        expected === found ? 'right' : 'WRONG',
      ]),
    );
  }
}
