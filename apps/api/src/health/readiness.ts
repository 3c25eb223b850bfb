import { Injectable } from '@nestjs/common';
import { Database } from '@hehuo/platform';

const answerMsMax = 2_000;

/** Ready means that the database takes writes and the process is not leaving. Redis may be away: it only hints. */
@Injectable()
export class Readiness {
  private leaving = false;

  constructor(private readonly database: Database) {}

  get isLeaving(): boolean {
    return this.leaving;
  }

  leave(): void {
    this.leaving = true;
  }

  /** Why the process is not ready; null when it is. */
  async obstacle(): Promise<string | null> {
    if (this.leaving) return 'the process is stopping';
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(`the database did not answer in ${answerMsMax} ms`), answerMsMax);
    });
    try {
      return await Promise.race([this.ask(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async ask(): Promise<string | null> {
    try {
      const row = await this.database.row<{ readOnly: string | number }>('SELECT @@read_only AS readOnly');
      return Number(row?.readOnly) === 0 ? null : 'the database is read-only';
    } catch {
      return 'the database does not answer';
    }
  }
}
