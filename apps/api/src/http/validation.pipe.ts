import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { HttpProblem } from '../problem/http-problem.js';
import { rememberRules } from './remembered-rules.js';
import type { FieldLimits } from '../problem/field-advice.zh.js';

/** One wrong field: where it is (RFC 6901 in the body, `?name` in the query) and what to put there. */
export interface FieldError {
  readonly pointer: string;
  readonly message: string;
  /** The rule's name chooses the words in another language; it is not shown. */
  readonly rule: string;
  /** What the rule allows, for those words; it is not shown either. */
  readonly limits?: FieldLimits | undefined;
}

const NOT_A_DTO: ReadonlySet<unknown> = new Set([String, Boolean, Number, Array, Object, Buffer]);
const errorsShownMax = 50;
const VALIDATION = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: false },
} as const;

rememberRules();

/** Turns bodies and queries into their DTO classes; unknown fields are refused, so a typing error is never silent. */
export class DtoPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'custom' || !metatype || NOT_A_DTO.has(metatype)) return value;
    const isQuery = type !== 'body';
    if (!isQuery && !isPlainObject(value)) {
      throw refused([{ pointer: '', message: 'must be a JSON object', rule: 'object' }]);
    }
    const dto = plainToInstance(metatype as Type<object>, value ?? {}, { exposeUnsetFields: false });
    const errors = validateSync(dto, VALIDATION);
    if (errors.length > 0) throw refused(errors.flatMap((error) => flatten(error, isQuery ? '?' : '/')));
    return dto;
  }
}

function refused(errors: readonly FieldError[]): HttpProblem {
  return new HttpProblem('validation_failed', 'correct the fields in "errors" and send it again', {
    errors: errors.slice(0, errorsShownMax),
  });
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function flatten(error: ValidationError, prefix: string): FieldError[] {
  const pointer = prefix + error.property.replaceAll('~', '~0').replaceAll('/', '~1');
  const own = Object.entries(error.constraints ?? {}).map(([rule, text]) => ({
    pointer,
    rule,
    limits: error.contexts?.[rule] as FieldLimits | undefined,
    message: rule === 'whitelistValidation' ? 'is not a field of this request' : text,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => flatten(child, `${pointer}/`))];
}
