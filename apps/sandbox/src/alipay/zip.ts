import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipContent {
  /** Bytes of the name; Alipay writes them in GBK. */
  readonly name: Buffer;
  readonly content: Buffer;
}

/** A zip file of deflated entries, as bills are packed. Dates are left at the beginning of the format's time. */
export function writeZip(contents: readonly ZipContent[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of contents) {
    const packed = deflateRawSync(content);
    // Version 2.0, no flags, deflated, 1980-01-01; then the sum, both sizes and the length of the name.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('504b01021400', 'hex'), common, place, name);
    const entry = Buffer.concat([Buffer.from('504b0304', 'hex'), common, name, packed]);
    parts.push(entry);
    offset += entry.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(contents.length, 4);
  end.writeUInt16LE(contents.length, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listing, Buffer.from('504b0506', 'hex'), end]);
}
