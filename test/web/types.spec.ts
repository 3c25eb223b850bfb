import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, startRedis, type PassingRedis, type TestDatabase } from '@hehuo/testing';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { BLIND_INDEX_KEY, FIELD_KEY, startBuilt, type BuiltProcess } from '../support/built-process.js';

const file = join(process.cwd(), 'apps', 'web', 'src', 'api', 'schema.d.ts');

let database: TestDatabase;
let redis: PassingRedis;
let api: BuiltProcess;

// The built api, because its compiler knows the types of parameters that the one of the tests cannot see.
beforeAll(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), startRedis()]);
  api = await startBuilt('api', {
    ...{ MYSQL_URL: database.url, REDIS_URL: redis.url, REDIS_PREFIX: 'types', PORT: '0' },
    ...{ FIELD_KEY, BLIND_INDEX_KEY },
  });
}, 60_000);
afterAll(async () => {
  await api?.signal('SIGTERM');
  await redis?.kill();
  await database?.drop();
});

describe('the types of the web app', () => {
  it('are those of the api’s document; `npm run web:types` writes them anew', async () => {
    const document = (await (await fetch(`${api.url}/v1/openapi.json`)).json()) as OpenAPI3;
    const types = `/** Made by \`npm run web:types\` from the document of the api. */\n\n${astToString(await openapiTS(document))}`;
    if (process.env['WRITE_WEB_TYPES'] === 'yes') writeFileSync(file, types);
    expect(readFileSync(file, 'utf8') === types).toBe(true);
  }, 60_000);
});
