/**
 * How alike two short texts are, for Chinese and for languages with spaces: texts are cut into pieces (pairs of
 * Chinese characters, whole words elsewhere), and a shared piece counts the more the fewer candidates have it, so
 * that "our estate needs" weighs little and "charging shed" much.
 */
export interface Candidate {
  readonly title: string;
  readonly text: string;
}

/** Below this share of the question's weight two texts are not called alike. */
export const likenessMin = 0.3;
const titleBonus = 1.5;

/** The candidates alike to `question`, most alike first; `nearness` breaks ties (smaller is nearer). */
export function mostAlike<T extends Candidate>(
  question: string,
  candidates: readonly T[],
  limit: number,
): { readonly candidate: T; readonly score: number }[] {
  const asked = piecesOf(question);
  if (asked.size === 0) return [];
  const cut = candidates.map((candidate) => {
    const title = piecesOf(candidate.title);
    return { candidate, title, all: new Set([...title, ...piecesOf(candidate.text)]) };
  });
  const weights = new Map([...asked].map((piece) => [piece, weight(piece, cut)]));
  const whole = [...weights.values()].reduce((sum, w) => sum + w, 0);
  return cut
    .map(({ candidate, title, all }) => {
      let shared = 0;
      for (const [piece, w] of weights) if (all.has(piece)) shared += title.has(piece) ? w * titleBonus : w;
      return { candidate, score: Math.min(1, shared / whole) };
    })
    .filter(({ score }) => score >= likenessMin)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
}

function weight(piece: string, cut: readonly { readonly all: ReadonlySet<string> }[]): number {
  const having = cut.filter(({ all }) => all.has(piece)).length;
  return Math.log(1 + (cut.length + 1) / (having + 1));
}

const RUNS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const HAN = /^\p{Script=Han}/u;

/** Words that say nothing about what is missing. */
const EMPTY_WORDS = new Set(
  'a an and are as at be by for from have in is it need needs of on or our please some that the there to want we with'.split(
    ' ',
  ),
);

export function piecesOf(text: string): Set<string> {
  const pieces = new Set<string>();
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(RUNS)) {
    if (HAN.test(run)) hanPieces(run, pieces);
    else if (!EMPTY_WORDS.has(run)) pieces.add(stem(run));
  }
  return pieces;
}

function hanPieces(run: string, pieces: Set<string>): void {
  const signs = [...run];
  if (signs.length === 1) pieces.add(run);
  for (let at = 0; at + 1 < signs.length; at += 1) pieces.add(signs[at]! + signs[at + 1]!);
}

/** Only the plural goes: "sheds" and "shed" are one word, more would guess. */
function stem(word: string): string {
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}
