import { Injectable } from '@nestjs/common';
import { AwaitingStore, type AskedPledge } from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import { ReminderStore } from '../store/reminder.store.js';

/** One thing that a person is asked to pay, and the last time they were reminded of it. */
export interface PaymentReminder {
  readonly pledge: AskedPledge;
  /** Null before the first reminder of its collection. */
  readonly remindedAt: Date | null;
  /** Hours before the end of the collection at which that reminder was due. */
  readonly hoursBefore: number | null;
}

/**
 * What a payer still has to pay and until when, the most urgent first. Pages show it and whoever writes messages reads
 * it, so a reminder is never sent for what was paid in between.
 */
@Injectable()
export class ReadReminders {
  constructor(
    private readonly awaiting: AwaitingStore,
    private readonly reminders: ReminderStore,
  ) {}

  async execute(personId: Id<'per'>, limit: number): Promise<PaymentReminder[]> {
    const pledges = await this.awaiting.askedOf(personId, limit);
    const latest = await this.reminders.latest(pledges.map(({ campaignId }) => campaignId));
    return pledges.map((pledge) => {
      const reminder = latest.get(pledge.campaignId);
      return { pledge, remindedAt: reminder?.at ?? null, hoursBefore: reminder?.hoursBefore ?? null };
    });
  }
}
