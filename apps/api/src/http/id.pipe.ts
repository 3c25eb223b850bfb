import type { PipeTransform } from '@nestjs/common';
import { isId, type Id } from '@hehuo/kernel';
import { HttpProblem } from '../problem/http-problem.js';

class IdPipe<P extends string> implements PipeTransform<unknown, Id<P>> {
  constructor(private readonly prefix: P) {}

  // Nothing can stand under an id of another shape, so it is "not found" and not a wrong field.
  transform(value: unknown): Id<P> {
    if (isId(this.prefix, value)) return value;
    throw new HttpProblem(
      'not_found',
      `an id here begins with ${this.prefix}_; copy it from where you found it`,
    );
  }
}

/** For path parameters: `@Param('id', IdOf('cmp')) id: Id<'cmp'>`. */
export function IdOf<P extends string>(prefix: P): IdPipe<P> {
  return new IdPipe(prefix);
}
