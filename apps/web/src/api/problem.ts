/** One thing to mend: a field of what was sent, or a line of a file. */
export interface Fault {
  readonly pointer?: string;
  readonly line?: number;
  readonly message: string;
}

/** An answer of the api that says no, as RFC 9457 has it, with words that say what to do. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly instance?: string;
  readonly errors?: readonly Fault[];
  readonly details?: Readonly<Record<string, unknown>>;
}

export function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'status' in error && 'title' in error;
}

export const isRefusal = (error: unknown, code: string): boolean => isProblem(error) && error.code === code;

/** Worth asking again by itself: the line broke or the server had a bad moment. */
export const isPassing = (error: unknown): boolean => !isProblem(error) || error.status >= 500;
