/** What one error code looks like over HTTP. The detail comes with the error; the title belongs to the code. */
export interface ProblemRow {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}
