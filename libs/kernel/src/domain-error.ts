/**
 * A refusal the caller can act on. `code` is stable and maps to one HTTP status in the api's problem table; the
 * message says what to do; `details` are safe to show (ids, limits, field names; never personal data).
 */
export abstract class DomainError<Code extends string = string> extends Error {
  constructor(
    readonly code: Code,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = new.target.name;
  }
}
