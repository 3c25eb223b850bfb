import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startApi, type TestApi } from '../support/api.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}
interface Operation {
  readonly summary?: string;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >;
  readonly parameters?: readonly { readonly name: string; readonly schema?: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

let api: TestApi;
let document: Document;

beforeAll(async () => {
  api = await startApi();
  document = (await request(api.url).get('/v1/openapi.json').expect(200)).body as Document;
});
afterAll(() => api.stop());

const operations = (): [string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method} ${path}`,
      operation,
    ]),
  );
const answersOf = ({ responses }: Operation) =>
  Object.entries(responses).filter(([status]) => /^2/.test(status));

const named = ({ $ref = '' }: Schema): Schema =>
  document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {};

/** A document of another standard: its schema is OpenAPI's own. */
const OF_ITSELF = 'get /v1/openapi.json';

/** Where a schema says less than a generated type needs, as paths into it. */
function gaps(schema: Schema, at: string): string[] {
  if (schema.$ref !== undefined || schema.enum !== undefined) return [];
  const parts = schema.allOf ?? schema.oneOf;
  if (parts) return parts.flatMap((part) => gaps(part, at));
  if (schema.type === undefined) return [`${at}: no type`];
  if (schema.type === 'array') return schema.items ? gaps(schema.items, `${at}[]`) : [`${at}: no items`];
  if (schema.type !== 'object') return [];
  const { properties = {}, additionalProperties } = schema;
  if (Object.keys(properties).length === 0 && additionalProperties === undefined) {
    return [`${at}: an object of nothing`];
  }
  return Object.entries(properties).flatMap(([name, property]) => gaps(property, `${at}.${name}`));
}

describe('the document, for whoever makes types of it', () => {
  it('names every operation in words', () => {
    const nameless = operations().filter(([, { summary }]) => !summary?.trim());
    expect(nameless.map(([name]) => name)).toEqual([]);
  });

  it('gives every answer of success its content, or says that it has none', () => {
    const silent = operations().filter(([, operation]) => {
      const answers = answersOf(operation);
      return (
        answers.length === 0 ||
        answers.some(([status, { content }]) => status !== '204' && content === undefined)
      );
    });
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('names the shape of every answer in JSON', () => {
    const shapeless = operations().filter(([name, operation]) =>
      answersOf(operation).some(([, { content }]) => {
        const json = content?.['application/json'];
        return json !== undefined && name !== OF_ITSELF && json.schema?.$ref === undefined;
      }),
    );
    expect(shapeless.map(([name]) => name)).toEqual([]);
  });

  it('knows media types only', () => {
    const keys = operations().flatMap(([, operation]) => [
      ...Object.keys(operation.requestBody?.content ?? {}),
      ...answersOf(operation).flatMap(([, { content }]) => Object.keys(content ?? {})),
    ]);
    expect(keys.filter((key) => !/^[a-z]+\/[a-z0-9.+-]+$/.test(key))).toEqual([]);
  });

  it('gives every parameter a type', () => {
    const open = operations().flatMap(([name, { parameters = [] }]) =>
      parameters.flatMap(({ name: parameter, schema }) => {
        const nothing = schema?.$ref !== undefined && gaps(named(schema), parameter).length > 0;
        return nothing ? [`${name} ${parameter}`] : gaps(schema ?? {}, `${name} ${parameter}`);
      }),
    );
    expect(open).toEqual([]);
  });

  it('has one class for every name: of two that are called the same it would show one', () => {
    const folder = join('apps', 'api', 'src');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const names = files
      .filter((file) => file.endsWith('.dto.ts'))
      .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/^export class (\w+)/gm)])
      .map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('gives every property a type', () => {
    const { schemas } = document.components;
    expect(Object.entries(schemas).flatMap(([name, schema]) => gaps(schema, name))).toEqual([]);
  });
});
