import { fenOf } from '../../lib/quantities';
import type { Field, Typed, Values } from './fields';

/** What was typed, as the api takes it: fen and instants. */
export function answersOf<Name extends string>(fields: readonly Field<Name>[], typed: Typed): Values<Name> {
  return Object.fromEntries(
    fields.map(({ name, kind }) => [name, answerOf(kind, typed[name])]),
  ) as Values<Name>;
}

function answerOf(kind: Field<string>['kind'], typed: Typed[string] | undefined): string {
  if (typeof typed === 'boolean') return typed ? 'yes' : '';
  const text = (typed ?? '').trim();
  if (text === '') return '';
  if (kind === 'yuan') return fenOf(text) ?? '';
  // The desk stands in China: what is typed without a zone is the time there.
  if (kind === 'moment') return new Date(`${text}:00+08:00`).toISOString();
  return text;
}
