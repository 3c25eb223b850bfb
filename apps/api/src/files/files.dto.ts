import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { FILE_PURPOSES, type FilePurpose, type PictureSize, type StoredFile } from '@hehuo/platform';
import { Optional } from '../http/validators.js';

const SIZES: readonly PictureSize[] = ['full', 'medium', 'small'];

export class UploadQuery {
  @ApiProperty({ enum: FILE_PURPOSES, description: 'what it is for' })
  @IsIn(FILE_PURPOSES)
  purpose!: FilePurpose;
}

export class FileQuery {
  @Optional({
    enum: SIZES,
    default: 'full',
    description: 'of a photo: at most 1600, 960 or 480 pixels',
  })
  @IsIn(SIZES)
  size: PictureSize = 'full';
}

/** What everybody who may read a file is told of it. */
export class FileView {
  @ApiProperty({ example: 'fil_01…' })
  id!: string;

  @ApiProperty({ enum: ['image/jpeg', 'application/pdf'] })
  type!: string;

  @ApiProperty()
  bytes!: number;

  @ApiProperty({ type: 'integer', nullable: true })
  width!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  height!: number | null;

  @ApiProperty({ description: 'of the bytes as they are stored' })
  sha256!: string;
}

export function fileView({ id, type, bytes, width, height, sha256 }: StoredFile): FileView {
  return { id, type, bytes, width, height, sha256 };
}
