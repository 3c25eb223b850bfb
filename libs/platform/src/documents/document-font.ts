import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';

type Weight = 400 | 700;

const fileOf = (weight: Weight): string =>
  `@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-${weight}-normal.woff`;
const headerBytes = 44;
const entryBytes = 20;

const kept = new Map<Weight, Buffer>();

/** The one font of our documents and pictures (SIL Open Font License), each weight read and unpacked once a process. */
export function documentFont(weight: Weight = 400): Buffer {
  const font =
    kept.get(weight) ?? unpackWoff(readFileSync(createRequire(import.meta.url).resolve(fileOf(weight))));
  kept.set(weight, font);
  return font;
}

interface Table {
  readonly tag: Buffer;
  readonly checksum: number;
  readonly bytes: Buffer;
}

/**
 * A WOFF 1 file as the plain font inside it (W3C WOFF 1.0, §4 and §5). The library that writes documents inflates a packed
 * table again for each glyph that it looks at, which takes seconds a page; unpacked once it takes milliseconds.
 */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('this is no WOFF file');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => tableAt(woff, headerBytes + index * entryBytes));
  return joined(woff.subarray(4, 8), tables);
}

function tableAt(woff: Buffer, at: number): Table {
  const offset = woff.readUInt32BE(at + 4);
  const packed = woff.readUInt32BE(at + 8);
  const plain = woff.readUInt32BE(at + 12);
  const bytes = woff.subarray(offset, offset + packed);
  return {
    tag: woff.subarray(at, at + 4),
    checksum: woff.readUInt32BE(at + 16),
    bytes: packed < plain ? inflateSync(bytes) : bytes,
  };
}

function joined(flavour: Buffer, tables: readonly Table[]): Buffer {
  const power = 2 ** Math.floor(Math.log2(tables.length));
  const head = Buffer.alloc(12);
  flavour.copy(head);
  head.writeUInt16BE(tables.length, 4);
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((tables.length - power) * 16, 10);
  const directory = Buffer.alloc(tables.length * 16);
  const bodies: Buffer[] = [];
  let offset = head.length + directory.length;
  for (const [index, { tag, checksum, bytes }] of tables.entries()) {
    tag.copy(directory, index * 16);
    directory.writeUInt32BE(checksum, index * 16 + 4);
    directory.writeUInt32BE(offset, index * 16 + 8);
    directory.writeUInt32BE(bytes.length, index * 16 + 12);
    // Tables begin at multiples of four bytes.
    const padding = Buffer.alloc((4 - (bytes.length % 4)) % 4);
    bodies.push(bytes, padding);
    offset += bytes.length + padding.length;
  }
  return Buffer.concat([head, directory, ...bodies]);
}
