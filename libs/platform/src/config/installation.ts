/** What is particular about the installation that this process belongs to, for the contexts that act on it. */
export class Installation {
  constructor(
    /** A demonstration: campaigns may close seconds after they opened. Never in production. */
    readonly shortDeadlines: boolean,
  ) {}
}
