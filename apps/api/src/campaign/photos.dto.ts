import { ApiProperty } from '@nestjs/swagger';
import { LIMITS, type Photo, type ShownPhoto } from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import { sizesOfPicture } from '@hehuo/platform';
import { IsIdOf, IsLine, IsListOf } from '../http/validators.js';

export class PhotoBody {
  @ApiProperty({ type: String, example: 'fil_01…', description: 'your upload with purpose=photo' })
  @IsIdOf('fil')
  fileId!: Id<'fil'>;

  @ApiProperty({
    maxLength: LIMITS.altCharactersMax,
    description: 'what is to be seen, for whoever cannot see it',
  })
  @IsLine({ max: LIMITS.altCharactersMax })
  alt!: string;
}

export class PhotosBody {
  @ApiProperty({
    type: [PhotoBody],
    maxItems: LIMITS.photosMax,
    description: 'all of them in their order; the first is the cover',
  })
  @IsListOf(() => PhotoBody, LIMITS.photosMax)
  photos!: PhotoBody[];

  list(): Photo[] {
    return this.photos.map(({ fileId, alt }) => ({ fileId, alt }));
  }
}

export class PhotoSize {
  @ApiProperty({ example: '/v1/files/fil_01…?size=small' }) url!: string;
  @ApiProperty({ type: 'integer', description: 'pixels' }) width!: number;
  @ApiProperty({ type: 'integer', description: 'pixels' }) height!: number;
}

export class PhotoView {
  @ApiProperty({ example: 'fil_01…' }) fileId!: string;
  @ApiProperty() alt!: string;
  @ApiProperty({ type: [PhotoSize], description: 'the same picture, the smallest first' })
  sizes!: PhotoSize[];
}

export function photoView(photo: ShownPhoto): PhotoView {
  const { fileId, alt } = photo;
  const sizes = sizesOfPicture(photo).map(({ size, width, height }) => ({
    ...{ url: `/v1/files/${fileId}?size=${size}`, width, height },
  }));
  return { fileId, alt, sizes };
}
