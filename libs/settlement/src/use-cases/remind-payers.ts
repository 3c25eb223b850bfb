import { Injectable } from '@nestjs/common';
import { DueCampaigns } from '@hehuo/campaign';
import { Clock, newId, Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
import { isDuplicateKey } from '@hehuo/platform';
import { dueReminder, reminderHours } from '../domain/reminder.js';
import { ReminderStore } from '../store/reminder.store.js';

/**
 * Reminds the payers of a collection at fixed distances from its end. One row and one event a campaign and distance;
 * who still has to pay is read by whoever writes the messages, at that moment.
 */
@Injectable()
export class RemindPayers {
  constructor(
    private readonly due: DueCampaigns,
    private readonly unitOfWork: UnitOfWork,
    private readonly reminders: ReminderStore,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Writes the reminder that is due for each running collection; safe to repeat. Returns how many were written. */
  async execute(limit: number): Promise<number> {
    const near = await this.due.collectingWithin(Math.max(...reminderHours), limit);
    let written = 0;
    for (const { id, hoursLeft } of near) {
      const hoursBefore = dueReminder(hoursLeft);
      if (hoursBefore !== null && (await this.remind(id, hoursBefore))) written += 1;
    }
    return written;
  }

  private async remind(campaignId: Id<'cmp'>, hoursBefore: number): Promise<boolean> {
    try {
      return await this.unitOfWork.run(async (tx) => {
        const id = newId('rmd', this.clock.now().getTime());
        if (!(await this.reminders.note(tx, id, campaignId, hoursBefore))) return false;
        await this.outbox.add(tx, [{ topic: 'collection.reminder', ref: id }]);
        return true;
      });
    } catch (error) {
      // Two sweepers at once: the key lets one of them write it.
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}
