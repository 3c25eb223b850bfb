/** What pictures need of fontkit, which brings no types. */
declare module 'fontkit' {
  export interface Path {
    transform(a: number, b: number, c: number, d: number, e: number, f: number): Path;
    toSVG(): string;
  }
  export interface Glyph {
    /** In units of the font. */
    readonly advanceWidth: number;
    readonly path: Path;
  }
  export interface Font {
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(point: number): boolean;
    glyphForCodePoint(point: number): Glyph;
  }
  export function create(font: Buffer): Font;
}
