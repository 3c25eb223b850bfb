import type { Sharp, SharpOptions } from 'sharp';
import { FileError } from './errors.js';

/** Longest side in pixels of what is kept, and of the small one for lists. */
export const pictureSideMax = 1600;
export const smallSideMax = 480;
/** More than phones take, and far less than a small file can pretend to hold. */
export const picturePixelsMax = 50_000_000;
const secondsMax = 10;
const qualityOfJpeg = 82;

export interface Picture {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
  readonly small: Buffer;
}

const READING: SharpOptions = {
  limitInputPixels: picturePixelsMax,
  failOn: 'error',
  sequentialRead: true,
  animated: false,
};

/**
 * Draws a picture anew at two sizes. Nothing of the file but its pixels survives: no place and no camera, no second
 * file behind the first. Throws `file_damaged` and `file_too_large`.
 */
export async function drawAnew(bytes: Buffer): Promise<Picture> {
  const { default: sharp } = await import('sharp');
  // Two are drawn at once at most, so each has one thread, and nothing is kept for a next time that does not come.
  sharp.concurrency(1);
  sharp.cache(false);
  try {
    const upright = sharp(bytes, READING).autoOrient().flatten({ background: '#ffffff' });
    const { data, info } = await drawn(upright, pictureSideMax);
    const small = await drawn(sharp(data, READING), smallSideMax);
    return { bytes: data, width: info.width, height: info.height, small: small.data };
  } catch (error) {
    throw refusalOf(error);
  }
}

function drawn(picture: Sharp, side: number) {
  return picture
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: qualityOfJpeg, mozjpeg: true })
    .timeout({ seconds: secondsMax })
    .toBuffer({ resolveWithObject: true });
}

function refusalOf(error: unknown): FileError {
  if (/pixel limit|exceeds|timeout/i.test((error as Error).message)) {
    const megapixels = picturePixelsMax / 1_000_000;
    return new FileError(
      'file_too_large',
      `a picture has at most ${megapixels} megapixels; send a smaller one`,
    );
  }
  return new FileError('file_damaged', 'the picture cannot be read to its end; take or send it again');
}
