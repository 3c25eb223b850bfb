import { linesOf, pathOf, widthOf, type TextBox } from './drawn-text.js';

/** `wide` is for cards in chats and feeds, `square` for the small picture beside a link. */
export type PictureShape = 'wide' | 'square';

export interface PictureFacts {
  readonly title: string;
  readonly community: string;
  /** Each lights one window; what is more than there are windows shows as all of them. */
  readonly households: number;
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly plate: {
    readonly x: number;
    readonly y: number;
    readonly size: number;
    readonly widthMax: number;
  };
  readonly title: TextBox & { readonly x: number; readonly y: number };
  readonly house: House;
}

interface House {
  readonly x: number;
  readonly y: number;
  readonly columns: number;
  readonly rows: number;
  /** From one window to the next. */
  readonly step: number;
}

const COLOURS = {
  dusk: '#12303A',
  wall: '#1D4350',
  dark: '#315B68',
  lamp: '#FFC247',
  sill: '#45717E',
  plate: '#1B5793',
  dado: '#17614E',
  white: '#FFFFFF',
} as const;

const LAYOUTS: Readonly<Record<PictureShape, Layout>> = {
  wide: {
    ...{ width: 1200, height: 630 },
    plate: { x: 72, y: 72, size: 34, widthMax: 560 },
    title: { x: 72, y: 236, size: 66, width: 610, linesMax: 4 },
    house: { x: 760, y: 70, columns: 6, rows: 8, step: 62 },
  },
  square: {
    ...{ width: 300, height: 300 },
    plate: { x: 18, y: 16, size: 18, widthMax: 240 },
    title: { x: 18, y: 88, size: 30, width: 264, linesMax: 2 },
    house: { x: 24, y: 146, columns: 10, rows: 5, step: 25 },
  },
};

/** A block of flats at dusk in which every household that promised something lights a window. No text is left as text. */
export function shareSvg({ title, community, households }: PictureFacts, shape: PictureShape): string {
  const { width, height, plate, title: box, house } = LAYOUTS[shape];
  const ground = Math.round(height * 0.035);
  const titles = linesOf(title, box).map((line, at) =>
    pathOf(line, box.size, box.x, box.y + at * box.size * 1.32),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    `<rect width="${width}" height="${height}" fill="${COLOURS.dusk}"/>`,
    houseSvg(house, height, households),
    `<rect y="${height - ground}" width="${width}" height="${ground}" fill="${COLOURS.dado}"/>`,
    plateSvg(community, plate),
    `<path d="${titles.join('')}" fill="${COLOURS.white}"/>`,
    '</svg>',
  ].join('');
}

function plateSvg(community: string, { x, y, size, widthMax }: Layout['plate']): string {
  const [name = ''] = linesOf(community, { size, width: widthMax, linesMax: 1 });
  const [inside, rim] = [size * 0.6, size * 0.09];
  const [width, height] = [widthOf(name, size) + inside * 2, size * 1.8];
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${size * 0.2}" fill="${COLOURS.plate}"/>`,
    `<rect x="${x + rim}" y="${y + rim}" width="${width - rim * 2}" height="${height - rim * 2}" rx="${size * 0.14}" fill="none" stroke="${COLOURS.white}" stroke-width="${rim * 0.6}"/>`,
    `<path d="${pathOf(name, size, x + inside, y + size * 1.26)}" fill="${COLOURS.white}"/>`,
  ].join('');
}

function houseSvg({ x, y, columns, rows, step }: House, ground: number, households: number): string {
  const lit = litWindows(columns * rows, households);
  const edge = step * 0.4;
  const width = columns * step + edge;
  const windows = Array.from({ length: columns * rows }, (_, at) => {
    const left = x + edge * 0.9 + (at % columns) * step;
    const top = y + edge * 1.4 + Math.floor(at / columns) * step;
    const [wide, high] = [step * 0.62, step * 0.66];
    return [
      `<rect x="${left}" y="${top}" width="${wide}" height="${high}" rx="1" fill="${lit.has(at) ? COLOURS.lamp : COLOURS.dark}"/>`,
      `<path d="M${left + wide / 2} ${top}v${high}M${left} ${top + high * 0.38}h${wide}" stroke="${COLOURS.wall}" stroke-width="${step * 0.045}"/>`,
      `<rect x="${left - step * 0.05}" y="${top + high}" width="${wide + step * 0.1}" height="${step * 0.06}" fill="${COLOURS.sill}"/>`,
    ].join('');
  });
  return [
    `<rect x="${x + width * 0.7}" y="${y - step * 0.35}" width="${step}" height="${step * 0.4}" fill="${COLOURS.wall}"/>`,
    `<rect x="${x}" y="${y}" width="${width}" height="${ground - y}" fill="${COLOURS.wall}"/>`,
    `<rect x="${x}" y="${y}" width="${width}" height="${step * 0.1}" fill="${COLOURS.dark}"/>`,
    ...windows,
  ].join('');
}

/** Scattered, for in rows they would read as a bar: a step that has no divisor in common with the count meets each once. */
function litWindows(count: number, households: number): ReadonlySet<number> {
  let stride = Math.round(count * 0.382);
  while (commonDivisor(stride, count) !== 1) stride += 1;
  const order = Array.from({ length: count }, (_, at) => (at * stride) % count);
  return new Set(order.slice(0, Math.min(households, count)));
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
