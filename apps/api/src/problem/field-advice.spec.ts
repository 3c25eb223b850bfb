import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import { CONTEXT_CONTROLLERS } from '../contexts.js';
import { documentOf } from './problem-document.js';
import { HttpProblem } from './http-problem.js';
import { FIELD_RULES_ZH } from './field-advice.zh.js';

interface Rule {
  readonly type: string;
  readonly name?: string;
  readonly propertyName: string;
}

/** Every rule of every DTO that the controllers brought along, by class and property. */
function rules(): Map<string, Rule[]> {
  expect(CONTEXT_CONTROLLERS.length).toBeGreaterThan(20);
  const { validationMetadatas } = getMetadataStorage() as unknown as {
    readonly validationMetadatas: ReadonlyMap<{ readonly name: string }, readonly Rule[]>;
  };
  const found = new Map<string, Rule[]>();
  for (const [dto, list] of validationMetadatas) {
    // Settings are checked by the same library, and told to the operator at boot.
    if (dto.name.endsWith('Config')) continue;
    for (const rule of list) {
      const key = `${dto.name}.${rule.propertyName}`;
      found.set(key, [...(found.get(key) ?? []), rule]);
    }
  }
  return found;
}
const nameOf = ({ type, name }: Rule): string => name ?? type;

describe('the words for wrong fields', () => {
  it('has Chinese ones for every rule that a request can break', () => {
    const silent = new Set(['conditionalValidation', 'whitelistValidation']);
    const names = new Set([...rules().values()].flat().map(nameOf));
    expect(names.size).toBeGreaterThan(10);
    expect(
      [...names].filter((name) => !silent.has(name) && !Object.hasOwn(FIELD_RULES_ZH, name)).sort(),
    ).toEqual([]);
  });

  it('never looks into a list where an object is asked for', () => {
    const nested = [...rules()].filter(([, list]) => list.some(({ type }) => type === 'nestedValidation'));
    expect(nested.length).toBeGreaterThan(5);
    expect(
      nested.filter(([, list]) => !list.some((rule) => nameOf(rule) === 'isObject')).map(([key]) => key),
    ).toEqual([]);
  });

  it('speaks the language of the reader and keeps the name of the rule to itself', () => {
    const errors = [{ pointer: '/places', message: 'places must not be less than 1', rule: 'min' }];
    const refusal = new HttpProblem('validation_failed', 'correct the fields', { errors });
    expect(documentOf(refusal, 'req-1', 'zh-CN')).toMatchObject({
      detail: '请按 errors 里的提示改好后再发送',
      errors: [{ pointer: '/places', message: '数值太小' }],
    });
    expect(documentOf(refusal, 'req-1', 'en')).toMatchObject({
      detail: 'correct the fields',
      errors: [{ pointer: '/places', message: 'places must not be less than 1' }],
    });
    expect(JSON.stringify(documentOf(refusal, 'req-1', 'zh-CN'))).not.toContain('rule');
  });
});
