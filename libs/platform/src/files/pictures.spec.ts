import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { Gate } from './gate.js';
import { kindOfBytes } from './kind-of-bytes.js';
import { drawAnew } from './picture.js';

const photo = (width = 800, height = 600) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 120, b: 40 } } });

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, sum]);
}

/** A few kilobytes that say they are a picture of so many pixels. */
function bomb(width: number, height: number, ...between: Buffer[]): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(Buffer.alloc(64 * 1024));
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', head), ...between, chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([magic, ...parts]);
}

describe('the kind of a file', () => {
  it('is what its bytes say', async () => {
    expect(kindOfBytes(await photo().jpeg().toBuffer())).toBe('jpeg');
    expect(kindOfBytes(await photo().png().toBuffer())).toBe('png');
    expect(kindOfBytes(await photo().webp().toBuffer())).toBe('webp');
    expect(kindOfBytes(Buffer.from('%PDF-1.7\n1 0 obj\n%%EOF\n'))).toBe('pdf');
  });

  it.each([
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'file_type_refused', 'drawings'],
    ['a page', '<!doctype html><script>1</script>', 'file_type_refused', 'drawings'],
    ['a photo of an iPhone', '\0\0\0\x18ftypheic\0\0\0\0', 'file_type_refused', 'HEIC'],
    ['a moving GIF', 'GIF89a', 'file_type_refused', 'PNG'],
    ['a PDF after something else', 'x%PDF-1.7\n%%EOF', 'file_type_refused', 'PNG'],
    ['a cut PDF', '%PDF-1.7\n1 0 obj', 'file_damaged', 'no end'],
    ['nothing', '', 'file_type_refused', 'PNG'],
  ])('of %s is refused', (_name, text, code, advice) => {
    expect(() => kindOfBytes(Buffer.from(text, 'latin1'))).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(advice) }),
    );
  });

  it('of what moves is refused, as PNG and as WebP', async () => {
    const moving = bomb(1, 1, chunk('acTL', Buffer.alloc(8)));
    expect(() => kindOfBytes(moving)).toThrow('moving');
    const frames = Buffer.concat([Buffer.alloc(300, 10), Buffer.alloc(300, 240)]);
    const raw = { width: 10, height: 20, channels: 3 as const, pageHeight: 10 };
    const webp = await sharp(frames, { raw }).webp({ loop: 0 }).toBuffer();
    expect(() => kindOfBytes(webp)).toThrow('moving');
  });
});

describe('a picture drawn anew', () => {
  it('has three sizes and neither place nor camera', async () => {
    const exif = {
      IFD0: { Make: 'CANARY-CAMERA' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '30/1 39/1 0/1', GPSLongitudeRef: 'E' },
    };
    const taken = await photo(3000, 2000).jpeg().withExif(exif).toBuffer();
    expect((await sharp(taken).metadata()).exif?.includes('CANARY-CAMERA')).toBe(true);
    const { bytes, width, height, medium, small } = await drawAnew(taken);
    expect([width, height]).toEqual([1600, 1067]);
    for (const one of [bytes, medium, small]) {
      const { format, exif: left, xmp, iptc, icc } = await sharp(one).metadata();
      expect([format, left, xmp, iptc, icc]).toEqual(['jpeg', undefined, undefined, undefined, undefined]);
      expect(one.includes('CANARY')).toBe(false);
    }
    expect((await sharp(medium).metadata()).width).toBe(960);
    expect((await sharp(small).metadata()).width).toBe(480);
  });

  it('stands upright and does not grow', async () => {
    const lying = await photo(200, 100).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await drawAnew(lying)).toMatchObject({ width: 100, height: 200 });
  });

  it('loses what stood behind it', async () => {
    const both = Buffer.concat([
      await photo().jpeg().toBuffer(),
      Buffer.from('PK\x03\x04<script>CANARY</script>'),
    ]);
    const { bytes, small } = await drawAnew(both);
    expect([bytes.includes('CANARY'), small.includes('CANARY')]).toEqual([false, false]);
  });

  it('is refused when it is cut, or claims more pixels than it may', async () => {
    const whole = await photo(2000, 1500).jpeg().toBuffer();
    await expect(drawAnew(whole.subarray(0, whole.length / 2))).rejects.toMatchObject({
      code: 'file_damaged',
    });
    const start = performance.now();
    await expect(drawAnew(bomb(60_000, 60_000))).rejects.toMatchObject({ code: 'file_too_large' });
    expect(performance.now() - start).toBeLessThan(1_000);
    await expect(drawAnew(bomb(1_000, 1_000))).rejects.toMatchObject({ code: 'file_damaged' });
  });
});

describe('the gate', () => {
  it('lets two in, keeps so many waiting, and refuses the rest at once', async () => {
    const gate = new Gate(2, 3);
    const ends: (() => void)[] = [];
    let [running, most] = [0, 0];
    const work = () =>
      gate.run(async () => {
        most = Math.max(most, (running += 1));
        await new Promise<void>((resolve) => ends.push(resolve));
        running -= 1;
      });
    const works = Array.from({ length: 5 }, work);
    await expect(work()).rejects.toMatchObject({ code: 'files_busy', details: { retryAfterSeconds: 5 } });
    for (let done = 0; done < 5; done += 1) {
      ends.shift()?.();
      await new Promise(setImmediate);
    }
    await Promise.all(works);
    expect([most, running]).toEqual([2, 0]);
    await expect(gate.run(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(await gate.run(() => Promise.resolve(1))).toBe(1);
  });
});
