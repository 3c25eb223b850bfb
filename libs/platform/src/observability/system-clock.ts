import { Clock } from '@hehuo/kernel';

/** The machine's clock, for labels and ids. Nothing that closes or pays asks it: see the database's UTC_TIMESTAMP. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
