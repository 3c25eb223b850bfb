import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller, Get, Header, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Policy } from '../access/policy.js';
import { HttpProblem } from '../problem/http-problem.js';
import { OpenApi } from './openapi.js';

/** What the page may load; nothing else of the package is served. */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};
const START = `window.ui = SwaggerUIBundle({ url: '/v1/openapi.json', dom_id: '#ui', deepLinking: true });\n`;
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hehuo API</title>
<link rel="icon" href="/v1/docs/favicon-32x32.png">
<link rel="stylesheet" href="/v1/docs/swagger-ui.css">
</head>
<body>
<div id="ui"></div>
<noscript><p>The document itself: <a href="/v1/openapi.json">/v1/openapi.json</a></p></noscript>
<script src="/v1/docs/swagger-ui-bundle.js"></script>
<script src="/v1/docs/start.js"></script>
</body>
</html>
`;

/** The readable page, with its files served by hand: no static-file plugin, and nothing inline for the CSP to allow. */
@ApiTags('documentation')
@Controller('v1')
export class DocsController {
  private readonly folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

  constructor(private readonly openApi: OpenApi) {}

  @Get('openapi.json')
  @Policy('shell.read', { polled: true })
  @ApiOperation({ summary: 'this document' })
  @ApiOkResponse({ description: 'OpenAPI 3', schema: { type: 'object' } })
  document(): OpenAPIObject {
    return this.openApi.document();
  }

  @Get('docs')
  @Policy('shell.read')
  @ApiOperation({ summary: 'this document as a page' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Header('content-type', 'text/html; charset=utf-8')
  page(): string {
    return PAGE;
  }

  @Get('docs/:file')
  @Policy('shell.read')
  @ApiOperation({ summary: 'a file of the page' })
  @ApiProduces('text/css', 'text/javascript', 'image/png')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  file(
    @Param('file') file: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): StreamableFile | string {
    void reply.header('cache-control', 'public, max-age=86400');
    if (file === 'start.js') {
      void reply.header('content-type', 'text/javascript; charset=utf-8');
      return START;
    }
    const type = Object.hasOwn(ASSETS, file) ? ASSETS[file] : undefined;
    if (type === undefined) throw new HttpProblem('not_found', 'the page has no such file');
    void reply.header('content-type', type);
    return new StreamableFile(createReadStream(join(this.folder, file)));
  }
}
