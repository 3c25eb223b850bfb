import { crc32, inflateRawSync } from 'node:zlib';

export interface ZipLimits {
  readonly entriesMax: number;
  /** Unpacked bytes of all entries together, so that a small file cannot fill the memory. */
  readonly bytesMax: number;
}

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
const centralBytes = 46;
const localBytes = 30;
const commentBytesMax = 65_535;
const encrypted = 0x1;
const stored = 0;
const deflated = 8;

/**
 * The contents of a zip file, in the order of its directory. Reads what bills are made of: stored and deflated entries,
 * neither split nor encrypted nor beyond 4 GiB. Names are not looked at, because no two packers agree on their encoding.
 * Throws an Error that names the fault; sums and sizes are checked, so what is returned is whole.
 */
export function readZip(bytes: Uint8Array, limits: ZipLimits): readonly Buffer[] {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(zip);
  const count = zip.readUInt16LE(end + 10);
  if (count !== zip.readUInt16LE(end + 8)) throw new Error('the zip file is split');
  if (count > limits.entriesMax) throw new Error('the zip file holds too many entries');
  const contents: Buffer[] = [];
  let offset = zip.readUInt32LE(end + 16);
  let left = limits.bytesMax;
  for (let index = 0; index < count; index += 1) {
    const entry = entryAt(zip, offset);
    if (entry.size > left) throw new Error('the zip file holds too much');
    const content = contentOf(zip, entry);
    left -= content.length;
    contents.push(content);
    offset = entry.next;
  }
  return contents;
}

interface ZipEntry {
  readonly method: number;
  readonly sum: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
  readonly next: number;
}

/** The directory is found from the end, where a comment of unknown length may follow it. */
function endOf(zip: Buffer): number {
  const lowest = Math.max(0, zip.length - endBytes - commentBytesMax);
  for (let at = zip.length - endBytes; at >= lowest; at -= 1) {
    const isEnd = zip.readUInt32LE(at) === endSignature;
    if (isEnd && at + endBytes + zip.readUInt16LE(at + 20) === zip.length) return at;
  }
  throw new Error('the file is no zip file');
}

function entryAt(zip: Buffer, at: number): ZipEntry {
  need(zip, at, centralBytes);
  if (zip.readUInt32LE(at) !== centralSignature) throw new Error('the directory of the zip file is broken');
  if ((zip.readUInt16LE(at + 8) & encrypted) !== 0) throw new Error('the zip file is encrypted');
  const lengths = zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  return {
    method: zip.readUInt16LE(at + 10),
    sum: zip.readUInt32LE(at + 16),
    packed: zip.readUInt32LE(at + 20),
    size: zip.readUInt32LE(at + 24),
    at: zip.readUInt32LE(at + 42),
    next: at + centralBytes + lengths,
  };
}

function contentOf(zip: Buffer, { method, sum, packed, size, at }: ZipEntry): Buffer {
  need(zip, at, localBytes);
  if (zip.readUInt32LE(at) !== localSignature) throw new Error('an entry of the zip file is broken');
  const start = at + localBytes + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  need(zip, start, packed);
  const content = unpacked(zip.subarray(start, start + packed), method, size);
  if (content.length !== size || crc32(content) !== sum)
    throw new Error('an entry of the zip file is damaged');
  return content;
}

function unpacked(raw: Buffer, method: number, size: number): Buffer {
  if (method === stored) return Buffer.from(raw);
  if (method !== deflated) throw new Error('the zip file is packed in an unknown way');
  try {
    return inflateRawSync(raw, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw new Error('an entry of the zip file cannot be unpacked');
  }
}

function need(zip: Buffer, at: number, length: number): void {
  if (at + length > zip.length) throw new Error('the zip file ends too early');
}
