import { Injectable } from '@nestjs/common';
import { Clock } from '@hehuo/kernel';
import { documentFont } from '@hehuo/platform';
import PDFDocument from 'pdfkit';
import type { PayerReceipt, ReceiptLanguage } from '../domain/payer-receipt.js';
import { textsOf, type ReceiptTexts } from './receipt-texts.js';

const FONT = 'document';
const MISSING = '□';
const ink = '#1a1a1a';
const faint = '#6b6b6b';
const rule = '#c9c9c9';
const margin = 56;
const labelWidth = 130;
const cellPadding = 6;
const sealSize = 104;
/** How much smaller the writing becomes, step by step, until everything is on the one page. */
const SCALES = [1, 0.9, 0.8, 0.7, 0.6] as const;

/** What pdfkit keeps of its font and does not tell in its types. */
interface WithGlyphs {
  readonly _font: { readonly font: { hasGlyphForCodePoint(point: number): boolean } };
}

export interface PrintOptions {
  readonly language: ReceiptLanguage;
  /** Off only where somebody wants to read the file's insides. */
  readonly compress?: boolean;
}

/** Prints a payer's receipt: one page A4, the font's used glyphs only. */
@Injectable()
export class ReceiptPrinter {
  constructor(private readonly clock: Clock) {}

  print(receipt: PayerReceipt, { language, compress = true }: PrintOptions): Promise<Buffer> {
    const texts = textsOf(receipt, language);
    const draw = (scale: number): { readonly doc: PDFKit.PDFDocument; readonly fits: boolean } => {
      const doc = new PDFDocument({
        size: 'A4',
        margin,
        compress,
        lang: language,
        info: { Title: texts.title, CreationDate: this.clock.now(), Producer: 'Hehuo', Creator: 'Hehuo' },
      });
      doc.registerFont(FONT, documentFont()).font(FONT);
      return { doc, fits: new Sheet(doc, scale).draw(texts, receipt.custodian) };
    };
    let drawn = draw(SCALES[0]);
    for (const scale of SCALES.slice(1)) if (!drawn.fits) drawn = draw(scale);
    return bytesOf(drawn.doc);
  }
}

function bytesOf(doc: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  doc.end();
  return done;
}

/** The sheet while it is drawn, from top to bottom. */
class Sheet {
  private readonly left = margin;
  private readonly width: number;
  private readonly padding: number;
  private y = margin;
  private pages = 1;

  constructor(
    private readonly doc: PDFKit.PDFDocument,
    private readonly scale: number,
  ) {
    this.width = doc.page.width - 2 * margin;
    this.padding = cellPadding * scale;
    doc.on('pageAdded', () => (this.pages += 1));
  }

  /** False when it does not fit on one page. */
  draw(texts: ReceiptTexts, custodian: string): boolean {
    this.heading(texts);
    this.table(texts.rows);
    this.section(texts.charityTitle);
    this.table(texts.charityRows);
    this.seal(texts.stamp, custodian);
    return this.pages === 1 && this.y <= this.doc.page.height - margin;
  }

  private heading({ title, number, printed, warning }: ReceiptTexts): void {
    this.put(title, 21, ink, { align: 'center' });
    this.y += 2 * this.scale;
    this.put(`${number}   ${printed}`, 9, faint, { align: 'center' });
    this.y += 12 * this.scale;
    const inner = this.width - 24;
    const height = this.size(10).heightOfString(this.plain(warning), { width: inner, lineGap: 2 });
    this.doc
      .rect(this.left, this.y, this.width, height + 16)
      .lineWidth(1)
      .stroke(ink);
    this.doc
      .fillColor(ink)
      .text(this.plain(warning), this.left + 12, this.y + 8, { width: inner, lineGap: 2 });
    this.y += height + 16 + 18 * this.scale;
  }

  private section(title: string): void {
    this.y += 16 * this.scale;
    this.put(title, 11, ink, {});
    this.y += 6 * this.scale;
  }

  private table(rows: ReceiptTexts['rows']): void {
    const valueWidth = this.width - labelWidth - 2 * this.padding;
    for (const [label, value] of rows) {
      const [shownLabel, shown] = [this.plain(label), this.plain(value)];
      this.size(10.5);
      const height =
        Math.max(
          this.doc.heightOfString(shown || ' ', { width: valueWidth, lineGap: 1.5 }),
          this.doc.heightOfString(shownLabel, { width: labelWidth - 2 * this.padding, lineGap: 1.5 }),
        ) +
        2 * this.padding;
      this.doc.rect(this.left, this.y, this.width, height).lineWidth(0.6).stroke(rule);
      this.doc
        .moveTo(this.left + labelWidth, this.y)
        .lineTo(this.left + labelWidth, this.y + height)
        .stroke(rule);
      const top = this.y + this.padding;
      this.cell(shownLabel, this.left + this.padding, top, labelWidth - 2 * this.padding, faint);
      this.cell(shown, this.left + labelWidth + this.padding, top, valueWidth, ink);
      this.y += height;
    }
  }

  private cell(text: string, x: number, y: number, width: number, colour: string): void {
    if (text !== '') this.doc.fillColor(colour).text(text, x, y, { width, lineGap: 1.5 });
  }

  /** A place for the custodian's seal, at the right below the tables as on a paper receipt. */
  private seal(words: string, custodian: string): void {
    this.y += 22 * this.scale;
    const x = this.left + this.width - sealSize;
    const textWidth = this.width - sealSize - 24;
    this.doc.circle(x + sealSize / 2, this.y + sealSize / 2, sealSize / 2).lineWidth(0.9);
    this.doc.dash(3, { space: 3 }).stroke(faint).undash();
    const inner = sealSize - 26;
    this.size(10).fillColor(faint);
    const height = this.doc.heightOfString(words, { width: inner, align: 'center' });
    this.doc.text(words, x + 13, this.y + (sealSize - height) / 2, { width: inner, align: 'center' });
    const name = this.plain(custodian);
    const nameHeight = this.size(12).heightOfString(name || ' ', { width: textWidth, align: 'right' });
    this.doc
      .fillColor(ink)
      .text(name, this.left, this.y + (sealSize - nameHeight) / 2, { width: textWidth, align: 'right' });
    this.y += sealSize;
  }

  private size(points: number): PDFKit.PDFDocument {
    return this.doc.fontSize(points * this.scale);
  }

  private put(text: string, size: number, colour: string, options: PDFKit.Mixins.TextOptions): void {
    this.size(size).fillColor(colour);
    this.doc.text(this.plain(text), this.left, this.y, { width: this.width, ...options });
    this.y = this.doc.y;
  }

  /** Characters that the font cannot draw become an empty box instead of nothing. */
  private plain(text: string): string {
    const { font } = (this.doc as unknown as WithGlyphs)._font;
    return Array.from(text, (character) =>
      font.hasGlyphForCodePoint(character.codePointAt(0)!) ? character : MISSING,
    ).join('');
  }
}
