import type { Abstract, Type } from '@nestjs/common';
import { isId, type Id } from '@hehuo/kernel';
import type { JobName } from '@hehuo/platform';

/** Looks at the object `ref` and does what MySQL says is to be done. Safe to run any number of times. */
export type JobHandler = (ref: string) => Promise<unknown>;

/** Every job of the catalogue has its handler, or this does not compile and the process does not boot. */
export type JobHandlers = Readonly<Record<JobName, JobHandler>>;

/** Finds a provider of the process; throws when nobody provides it, which stops the boot. */
export type Resolve = <T>(token: Type<T> | Abstract<T>) => T;

/** A reference out of Redis is a hint by a stranger: anything but an id of this kind is refused. */
export function idOf<P extends string>(prefix: P, ref: string): Id<P> {
  if (!isId(prefix, ref)) throw new Error(`${ref} is not the id of a ${prefix}`);
  return ref;
}
