import { FileError } from './errors.js';

export type Upload = 'jpeg' | 'png' | 'webp' | 'pdf';

const PDF_TAIL_BYTES = 1024;

/**
 * What the bytes are, by their own beginning; what the sender calls them is not asked. Throws `file_type_refused` with
 * what to send instead.
 */
export function kindOfBytes(bytes: Buffer): Upload {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    return notMoving(bytes, isMovingPng);
  if (word(bytes, 0, 4) === 'RIFF' && word(bytes, 8, 12) === 'WEBP') return notMoving(bytes, isMovingWebp);
  if (word(bytes, 0, 5) === '%PDF-') return wholePdf(bytes);
  throw new FileError('file_type_refused', adviceFor(bytes));
}

function adviceFor(bytes: Buffer): string {
  if (word(bytes, 4, 8) === 'ftyp') {
    return 'this is a HEIC, AVIF or video file; set the camera to "most compatible" or send it as JPEG';
  }
  if (/^\s*(?:<\?xml|<svg|<!doctype)/i.test(bytes.toString('latin1', 0, 200))) {
    return 'drawings and pages are not taken; send a photo (JPEG, PNG, WebP) or a PDF';
  }
  return 'send a photo (JPEG, PNG, WebP) or a PDF';
}

type Kind = Extract<Upload, 'png' | 'webp'>;

function notMoving(bytes: Buffer, isMoving: (bytes: Buffer) => Kind | null): Kind {
  const kind = isMoving(bytes);
  if (kind !== null) return kind;
  throw new FileError('file_type_refused', 'moving pictures are not taken; send a still one');
}

/** The chunk `acTL` before the first data makes a PNG move. */
function isMovingPng(bytes: Buffer): 'png' | null {
  for (let at = 8; at + 8 <= bytes.length;) {
    const name = word(bytes, at + 4, at + 8);
    if (name === 'acTL') return null;
    if (name === 'IDAT' || name === 'IEND') return 'png';
    at += 12 + bytes.readUInt32BE(at);
  }
  return 'png';
}

/** Bit 1 of the flags of an extended file says that it moves. */
function isMovingWebp(bytes: Buffer): 'webp' | null {
  const isExtended = word(bytes, 12, 16) === 'VP8X';
  return isExtended && ((bytes[20] ?? 0) & 0b10) !== 0 ? null : 'webp';
}

// A document is stored as it came, so a cut one is found here or by nobody.
function wholePdf(bytes: Buffer): 'pdf' {
  const tail = bytes.toString('latin1', Math.max(0, bytes.length - PDF_TAIL_BYTES));
  if (tail.includes('%%EOF')) return 'pdf';
  throw new FileError('file_damaged', 'the PDF has no end; send it again');
}

function startsWith(bytes: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

function word(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('latin1', from, to);
}
