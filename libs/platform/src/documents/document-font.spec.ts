import { describe, expect, it } from '@jest/globals';
import { documentFont, unpackWoff } from './document-font.js';

describe('the font of documents', () => {
  it('is unpacked once, into tables that are all there', () => {
    const font = documentFont();
    expect(documentFont()).toBe(font);
    expect(documentFont(700)).not.toBe(font);
    const count = font.readUInt16BE(4);
    const tags = Array.from({ length: count }, (_, at) =>
      font.toString('latin1', 12 + at * 16, 16 + at * 16),
    );
    expect(tags).toEqual(expect.arrayContaining(['cmap', 'glyf', 'head', 'loca']));
    for (let at = 0; at < count; at += 1) {
      const [offset, length] = [font.readUInt32BE(20 + at * 16), font.readUInt32BE(24 + at * 16)];
      expect(offset % 4).toBe(0);
      expect(offset + length).toBeLessThanOrEqual(font.length);
    }
  });

  it('is nothing else', () => {
    expect(() => unpackWoff(Buffer.from('OTTO and more'))).toThrow('no WOFF file');
  });
});
