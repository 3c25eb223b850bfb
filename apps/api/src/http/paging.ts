import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Matches, Max, Min } from 'class-validator';
import { HttpProblem } from '../problem/http-problem.js';
import { Optional } from './validators.js';

export const pageItemsMax = 100;
export const pageItemsDefault = 20;

/** The query of every list. Extend it with the filters of the list. */
export class PageQuery {
  @Optional({ description: 'the `next` of the page before; opaque' })
  @Matches(/^[A-Za-z0-9_-]{1,400}$/, { message: 'must be a cursor that an earlier page gave' })
  cursor?: string;

  @Optional({ type: 'integer', minimum: 1, maximum: pageItemsMax, default: pageItemsDefault })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(pageItemsMax)
  limit: number = pageItemsDefault;
}

/** What the answer of every list ends with. Extend it with the `items` of the list. */
export class PageEnd {
  @ApiProperty({ type: String, nullable: true, description: 'pass it as `cursor`; null on the last page' })
  next!: string | null;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Pass it as `cursor` for the next page; null on the last. */
  readonly next: string | null;
}

/** What a cursor holds: the key of the last row seen, in the order of the list. */
export type Keyset = readonly string[];

export function cursorOf(keyset: Keyset): string {
  return Buffer.from(JSON.stringify(keyset)).toString('base64url');
}

/**
 * The keyset inside a cursor, or null for the first page. `accepts` checks each part, because a cursor comes from the
 * reader: it must be an id or an instant as the list expects, and never anything else.
 */
export function keysetOf(
  cursor: string | undefined,
  accepts: readonly ((part: string) => boolean)[],
): Keyset | null {
  if (cursor === undefined) return null;
  const keyset = parsed(cursor);
  const fits =
    Array.isArray(keyset) &&
    keyset.length === accepts.length &&
    keyset.every((part, at) => typeof part === 'string' && part.length <= 80 && accepts[at]?.(part));
  if (!fits) throw new HttpProblem('cursor_invalid', 'begin again without a cursor');
  return keyset as Keyset;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** Cuts a page from `limit + 1` rows: the extra row only tells that there is more. */
export function pageOf<Row, View>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => Keyset,
  view: (row: Row) => View,
): Page<View> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: kept.map(view), next: more ? cursorOf(keyOf(last)) : null };
}
