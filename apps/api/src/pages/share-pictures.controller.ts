import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { isId } from '@hehuo/kernel';
import { Policy } from '../access/policy.js';
import { HttpProblem } from '../problem/http-problem.js';
import { PageHeads } from './page-heads.js';
import { cardWords, PLAIN } from './plain-words.js';
import { SharePictures } from './share-pictures.js';

const FILE = /^(cmp_[0-9a-z]{26})(-300)?\.jpg$/;

/** The pictures of cards in chats. Those who draw such cards name no language, so the words are Chinese. */
@ApiTags('pages')
@Controller('og/c')
export class SharePicturesController {
  constructor(
    private readonly heads: PageHeads,
    private readonly pictures: SharePictures,
  ) {}

  @Get(':file')
  @Policy('shell.page', { requestsPerMinute: 120 })
  @Header('cache-control', 'public, max-age=600')
  // Cards stand on the pages of others.
  @Header('cross-origin-resource-policy', 'cross-origin')
  @ApiOperation({
    summary: 'the picture of a public campaign: `<id>.jpg` is 1200 by 630 pixels, `<id>-300.jpg` 300 by 300',
  })
  @ApiProduces('image/jpeg')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async picture(@Param('file') file: string): Promise<StreamableFile> {
    const [, id, small] = FILE.exec(file) ?? [];
    const view = isId('cmp', id) ? await this.heads.publicCampaign(id) : null;
    if (!view) throw new HttpProblem('not_found', 'there is no picture of such a campaign');
    const { version, households, community } = view;
    const title = cardWords(view.title, PLAIN['zh-CN'].title);
    const facts = { title, community: community.name, households };
    const shape = small === undefined ? 'wide' : 'square';
    const bytes = await this.pictures.jpeg(view.id, `${version}.${households}`, shape, facts);
    return new StreamableFile(bytes, { type: 'image/jpeg', length: bytes.length });
  }
}
