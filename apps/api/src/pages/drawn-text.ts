import { documentFont } from '@hehuo/platform';
import { create, type Font } from 'fontkit';

const words = new Intl.Segmenter('zh-CN', { granularity: 'word' });
const ELLIPSIS = '…';
/** These hang over the end of a line rather than begin the next one. */
const HANGING = /^[\s，。！？、：；）》」』”’…,.!?:;)\]]+$/u;

let kept: Font | undefined;

/** The bold weight of the documents' font, so that a picture looks alike whatever fonts the machine has. */
function font(): Font {
  kept ??= create(documentFont(700));
  return kept;
}

export interface TextBox {
  readonly size: number;
  readonly width: number;
  readonly linesMax: number;
}

/** Width of `text` in pixels. What the font has no glyph for, such as an emoji, is neither measured nor drawn. */
export function widthOf(text: string, size: number): number {
  return glyphsOf(text).reduce((sum, { advanceWidth }) => sum + advanceWidth * scaleOf(size), 0);
}

/** Breaks a text between words, and inside of one that is longer than a line; what is too much ends in "…". */
export function linesOf(text: string, { size, width, linesMax }: TextBox): string[] {
  const lines = [''];
  const fits = (line: string): boolean => widthOf(line, size) <= width;
  const put = (part: string): void => {
    const line = lines.at(-1)! + part;
    if (fits(line) || HANGING.test(part)) lines[lines.length - 1] = line;
    else lines.push(part.trimStart());
  };
  for (const { segment } of words.segment(text)) (fits(segment) ? [segment] : [...segment]).forEach(put);
  const shown = lines.map((line) => line.trim()).filter(Boolean);
  if (shown.length <= linesMax) return shown;
  const last = [...shown[linesMax - 1]!];
  while (last.length > 0 && !fits(last.join('') + ELLIPSIS)) last.pop();
  return [...shown.slice(0, linesMax - 1), last.join('') + ELLIPSIS];
}

/** One line as the data of an SVG path; `y` is its base line. */
export function pathOf(text: string, size: number, x: number, y: number): string {
  const scale = scaleOf(size);
  let at = x;
  const parts = glyphsOf(text).map(({ path, advanceWidth }) => {
    const part = path.transform(scale, 0, 0, -scale, at, y).toSVG();
    at += advanceWidth * scale;
    return part;
  });
  return parts.join('');
}

const scaleOf = (size: number): number => size / font().unitsPerEm;

function glyphsOf(text: string) {
  const points = [...text].map((sign) => sign.codePointAt(0)!);
  return points
    .filter((point) => font().hasGlyphForCodePoint(point))
    .map((point) => font().glyphForCodePoint(point));
}
