import { AsyncLocalStorage } from 'node:async_hooks';

/** Who and what caused the work at hand: goes into every log line and every row of the state log. */
export interface WorkContext {
  /** A person's id, or the name of a job or command such as `job:close-campaign`. */
  readonly actor: string;
  readonly requestId: string;
}

const storage = new AsyncLocalStorage<WorkContext>();
const NOBODY: WorkContext = { actor: 'system', requestId: 'none' };

export function runInContext<T>(context: WorkContext, work: () => T): T {
  return storage.run(context, work);
}

export function currentContext(): WorkContext {
  return storage.getStore() ?? NOBODY;
}
