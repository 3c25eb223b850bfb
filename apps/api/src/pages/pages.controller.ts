import { Controller, Get, NotFoundException, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isId } from '@hehuo/kernel';
import { ApiConfig } from '@hehuo/platform';
import { Policy } from '../access/policy.js';
import { preferredLanguage, type Language } from '../http/language.js';
import { HttpProblem } from '../problem/http-problem.js';
import { pageAt } from './app-pages.js';
import { PageHeads } from './page-heads.js';
import { pageHtml, type PageHead } from './page-html.js';
import { WebFiles, type WebFile } from './web-files.js';

const partMax = 100;
const SHORT = /^\/s\/([0-9a-z]{26})$/;

/** Serves the web app: its files, and its one page with the head and the readable facts of every address. */
@ApiTags('pages')
@Controller()
export class PagesController {
  private readonly origin: string;

  constructor(
    private readonly files: WebFiles,
    private readonly heads: PageHeads,
    config: ApiConfig,
  ) {
    this.origin = new URL(config.PUBLIC_URL).origin;
  }

  @Get('*')
  @Policy('shell.page')
  @ApiOperation({ summary: 'a page or a file of the web app, where it is built; anything else is 404' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  async page(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | StreamableFile | undefined> {
    const [path = '/', search = ''] = request.url.split('?');
    // What is too long for the part of an address that it stands in falls through to here.
    if (path.split('/').some((part) => part.length > partMax)) {
      throw new HttpProblem('address_too_long', `a part of an address has at most ${partMax} characters`);
    }
    const { index } = this.files;
    if (index === null) throw new NotFoundException();
    const file = this.files.find(path, request.headers['accept-encoding'] ?? '');
    if (file) return send(file, reply);
    const target = await this.behindShort(path);
    if (target) {
      void reply.header('cache-control', 'no-cache').redirect(`/c/${target}`, 302);
      return undefined;
    }
    const page = pageAt(path);
    if (!page && !takesPages(request)) throw new NotFoundException();
    const language = languageOf(search, request);
    const head = page && (await this.heads.of(page, language));
    if (!head) void reply.status(404);
    void reply.headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-language': language,
      vary: 'Accept-Language',
    });
    return this.html(index, head ?? this.heads.plain(language), {
      language,
      path,
      source: page?.source ?? null,
    });
  }

  /** The campaign that a short address stands for: its id without the prefix, which every short address shares. */
  private async behindShort(path: string): Promise<string | null> {
    const id = `cmp_${SHORT.exec(path)?.[1] ?? ''}`;
    return isId('cmp', id) && (await this.heads.publicCampaign(id)) ? id : null;
  }

  private html(
    index: string,
    head: PageHead,
    { language, path, source }: { language: Language; path: string; source: string | null },
  ): string {
    const scripts = source === null ? [] : this.files.scriptsFor(source);
    return pageHtml(index, head, { language, origin: this.origin, path, scripts });
  }
}

/** An address of the api that is not there is a problem for a program, also when a browser's address bar asks. */
function takesPages({ url, headers }: FastifyRequest): boolean {
  return (
    !/^\/(v1|problems|health|ready|metrics|og|assets)(\/|\?|$)/.test(url) &&
    (headers.accept ?? '').includes('text/html')
  );
}

function languageOf(search: string, request: FastifyRequest): Language {
  const asked = new URLSearchParams(search).get('lang');
  return asked === 'en' || asked === 'zh-CN' ? asked : preferredLanguage(request.headers['accept-language']);
}

function send(file: WebFile, reply: FastifyReply): StreamableFile {
  void reply.headers({
    'content-type': file.type,
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'Accept-Encoding',
    ...(file.encoding ? { 'content-encoding': file.encoding } : {}),
  });
  return new StreamableFile(file.bytes);
}
