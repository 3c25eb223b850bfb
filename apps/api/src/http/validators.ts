import { applyDecorators, type Type as Class } from '@nestjs/common';
import { ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  buildMessage,
  IsArray,
  IsObject,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { isId, parseQuantity } from '@hehuo/kernel';

/** Control characters, marks that turn the reading direction, and halves of a character. */
const NEVER = /(?![\n\r\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]|\p{Surrogate}/u;
const LINE_BREAK = /[\n\r\t\u2028\u2029]/;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

interface TextOptions {
  readonly min?: number;
  readonly max: number;
}

/** Length as people and VARCHAR columns count it: characters, not UTF-16 units. */
function isText(value: unknown, { min = 1, max }: TextOptions, oneLine: boolean): boolean {
  if (typeof value !== 'string' || value.length > max * 2) return false;
  if (NEVER.test(value) || (oneLine && LINE_BREAK.test(value))) return false;
  const length = [...value.trim()].length;
  return length >= min && [...value].length <= max;
}

function text(name: string, options: TextOptions, oneLine: boolean): PropertyDecorator {
  const { min = 1, max } = options;
  const what = oneLine ? 'one line of' : 'a text of';
  return ValidateBy(
    {
      name,
      validator: {
        validate: (value) => isText(value, options, oneLine),
        defaultMessage: () => `must be ${what} ${min} to ${max} characters without control characters`,
      },
    },
    // Words in other languages name the limits too.
    { context: { min, max } },
  );
}

/** One line of `min` (1) to `max` characters: no line breaks, no control characters, no halves of characters. */
export const IsLine = (options: TextOptions): PropertyDecorator => text('isLine', options, true);

/** A text of `min` (1) to `max` characters that may hold line breaks. */
export const IsProse = (options: TextOptions): PropertyDecorator => text('isProse', options, false);

/** An id with exactly this prefix, such as `IsIdOf('cmp')`. */
export const IsIdOf = (prefix: string, options: { each?: boolean } = {}): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isIdOf',
      validator: {
        validate: (value) => isId(prefix, value),
        defaultMessage: buildMessage((each) => `${each}must be an id that begins with ${prefix}_`, options),
      },
    },
    options,
  );

/** A positive amount in the smallest unit (fen, minutes, pieces) as a decimal string without sign or leading zero. */
export const IsQuantity = (): PropertyDecorator =>
  ValidateBy({
    name: 'isQuantity',
    validator: {
      validate: (value) => parseQuantity(value) !== null,
      defaultMessage: () => 'must be a decimal string from "1" to "999999999999999", such as "3600"',
    },
  });

/** An instant with its offset, such as 2026-11-23T18:00:00+08:00; milliseconds at most. */
export const IsInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value) =>
        typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value)),
      defaultMessage: () => 'must be an instant with its offset, such as 2026-11-23T18:00:00+08:00',
    },
  });

/** An object of its own class. `ValidateNested` alone takes a list in its place and looks at the list's members. */
export const IsPart = (part: () => Class<object>): PropertyDecorator =>
  applyDecorators(IsObject({ message: 'must be an object' }), ValidateNested(), Type(part));

/** A list of at most `max` objects of one class. */
export const IsListOf = (part: () => Class<object>, max: number): PropertyDecorator =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(max),
    IsObject({ each: true, message: 'must be a list of objects' }),
    ValidateNested({ each: true }),
    Type(part),
  );

/** A property that may be left out; null is refused, because "leave it" and "empty it" are not the same. */
export const Optional = (options: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional(options),
    ValidateIf((_dto, value) => value !== undefined),
  );
