/** The only source of the present instant outside the database. Deadlines are judged by the database's clock. */
export abstract class Clock {
  abstract now(): Date;
}
