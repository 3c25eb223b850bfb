import { Injectable } from '@nestjs/common';
import { shareSvg, type PictureFacts, type PictureShape } from './share-picture.js';

/** About 10 MB of pictures. */
const keptMax = 200;
const qualityOfJpeg = 82;
const secondsMax = 10;

/** Draws pictures to share and keeps the latest. Whoever asks while one is being drawn waits for that one. */
@Injectable()
export class SharePictures {
  private readonly kept = new Map<string, Promise<Buffer>>();

  /** `revision` names what the picture shows of `id`: another one is drawn anew. */
  async jpeg(id: string, revision: string, shape: PictureShape, facts: PictureFacts): Promise<Buffer> {
    const key = `${id} ${shape} ${revision}`;
    const picture = this.kept.get(key) ?? draw(facts, shape);
    // Entered again, it stands last; the first is the one that nobody asked for the longest.
    this.kept.delete(key);
    this.kept.set(key, picture);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= keptMax) break;
      this.kept.delete(oldest);
    }
    try {
      return await picture;
    } catch (error) {
      this.kept.delete(key);
      throw error;
    }
  }
}

async function draw(facts: PictureFacts, shape: PictureShape): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  return sharp(Buffer.from(shareSvg(facts, shape)))
    .jpeg({ quality: qualityOfJpeg, mozjpeg: true })
    .timeout({ seconds: secondsMax })
    .toBuffer();
}
