import type { Sharp, SharpOptions } from 'sharp';
import { FileError } from './errors.js';
import type { StoredFile } from './file.js';

export type PictureSize = 'full' | 'medium' | 'small';
/** Longest side in pixels of what is kept, of the one for a page and of the one for lists. */
export const PICTURE_SIDES: Readonly<Record<PictureSize, number>> = { full: 1600, medium: 960, small: 480 };
/** More than phones take, and far less than a small file can pretend to hold. */
export const picturePixelsMax = 50_000_000;
const secondsMax = 10;
const qualityOfJpeg = 82;

export interface Picture {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
  readonly medium: Buffer;
  readonly small: Buffer;
}

const READING: SharpOptions = {
  limitInputPixels: picturePixelsMax,
  failOn: 'error',
  sequentialRead: true,
  animated: false,
};

/**
 * Draws a picture anew at three sizes. Nothing of the file but its pixels survives: no place and no camera, no second
 * file behind the first. Throws `file_damaged` and `file_too_large`.
 */
export async function drawAnew(bytes: Buffer): Promise<Picture> {
  const { default: sharp } = await import('sharp');
  // Two are drawn at once at most, so each has one thread, and nothing is kept for a next time that does not come.
  sharp.concurrency(1);
  sharp.cache(false);
  try {
    const upright = sharp(bytes, READING).autoOrient().flatten({ background: '#ffffff' });
    const { data, info } = await drawn(upright, PICTURE_SIDES.full);
    const medium = await drawn(sharp(data, READING), PICTURE_SIDES.medium);
    const small = await drawn(sharp(data, READING), PICTURE_SIDES.small);
    const { width, height } = info;
    return { bytes: data, width, height, medium: medium.data, small: small.data };
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

/** The sizes that there are of a picture, the smallest first; one that would be as wide as a smaller one is left out. */
export function sizesOfPicture({
  width,
  height,
  mediumSha256,
}: Pick<StoredFile, 'width' | 'height' | 'mediumSha256'>): {
  size: PictureSize;
  width: number;
  height: number;
}[] {
  if (width === null || height === null) return [];
  const sizes: readonly PictureSize[] =
    mediumSha256 === null ? ['small', 'full'] : ['small', 'medium', 'full'];
  const drawn = sizes.map((size) => {
    const scale = Math.min(1, PICTURE_SIDES[size] / Math.max(width, height));
    return { size, width: Math.round(width * scale), height: Math.round(height * scale) };
  });
  return drawn.filter((one, at) => one.width !== drawn[at - 1]?.width);
}
