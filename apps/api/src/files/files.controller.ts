import { Readable } from 'node:stream';
import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { FileError, ReadFile, uploadBytesMax, UploadFile, type FileType } from '@hehuo/platform';
import { Policy } from '../access/policy.js';
import { signInRequired } from '../access/access.guard.js';
import { Who, WhoIfAny } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { HttpProblem } from '../problem/http-problem.js';
import { FileQuery, fileView, FileView, UploadQuery } from './files.dto.js';

const uploadsPerMinute = 60;
const BYTES = { type: 'string', format: 'binary' } as const;
const ENDINGS: Readonly<Record<FileType, string>> = { 'image/jpeg': 'jpg', 'application/pdf': 'pdf' };

/** Should a browser take the bytes for a page all the same, nothing in them may run, load or be framed. */
const LOCKED = "default-src 'none'; sandbox; frame-ancestors 'none'";

@ApiTags('files')
@ApiBearerAuth()
@Controller('v1/files')
export class FilesController {
  constructor(
    private readonly uploads: UploadFile,
    private readonly files: ReadFile,
  ) {}

  @Post()
  @Policy('file.upload', { file: true, requestsPerMinute: uploadsPerMinute })
  @ApiConsumes('application/octet-stream', 'image/jpeg', 'image/png', 'image/webp', 'application/pdf')
  @ApiBody({
    schema: BYTES,
    description: 'the bytes themselves: a photo (JPEG, PNG, WebP) up to 8 MiB or a PDF up to 4 MiB',
  })
  @ApiOperation({
    summary: 'upload a photo or a document',
    description:
      'Photos are drawn anew as JPEG without place, camera or any other note. What is attached to nothing goes ' +
      'after 24 hours.',
  })
  @ApiCreatedResponse({ type: FileView })
  async upload(
    @Who() { personId }: Actor,
    @Query() { purpose }: UploadQuery,
    @Req() request: FastifyRequest,
  ): Promise<FileView> {
    const source: unknown = request.body;
    if (!(source instanceof Readable)) {
      const advice = 'send the bytes of the file as content-type: application/octet-stream';
      throw new HttpProblem('unsupported_media_type', advice);
    }
    // Nothing need be read to see that it is too much.
    if (Number(request.headers['content-length'] ?? 0) > uploadBytesMax) {
      throw new FileError('file_too_large', `a file has at most ${uploadBytesMax / 1024 / 1024} MiB`);
    }
    return fileView(await this.uploads.execute({ by: personId, purpose, source }));
  }

  @Get(':id')
  @Policy('file.read')
  @ApiProduces('image/jpeg', 'application/pdf')
  @ApiOperation({
    summary:
      'a file, for its uploader while it belongs to nothing, then for whoever may read its object; everybody, where that is public',
  })
  @ApiOkResponse({ schema: BYTES })
  async read(
    @WhoIfAny() actor: Actor | null,
    @Param('id', IdOf('fil')) id: Id<'fil'>,
    @Query() { size }: FileQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { type, bytes, content, keepSeconds } = await this.files
      .execute(actor, id, size)
      .catch((error: unknown) => {
        const isHidden = error instanceof FileError && error.code === 'file_not_found';
        throw actor === null && isHidden ? signInRequired() : error;
      });
    const manner = type === 'application/pdf' ? 'attachment' : 'inline';
    void reply.headers({
      'content-security-policy': LOCKED,
      'x-content-type-options': 'nosniff',
      // What an id names never changes. Who may read it does, so only what is public is kept, and only for a while.
      ...(keepSeconds > 0
        ? { 'cache-control': `public, max-age=${keepSeconds}, immutable` }
        : { 'cache-control': 'private, no-store', vary: 'authorization, cookie' }),
    });
    return new StreamableFile(content, {
      ...{ type, length: bytes },
      disposition: `${manner}; filename="${id}.${ENDINGS[type]}"`,
    });
  }
}
