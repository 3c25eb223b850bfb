import { Injectable } from '@nestjs/common';
import { Clock, newId, UnitOfWork } from '@hehuo/kernel';
import { isDuplicateKey } from '@hehuo/platform';
import { dayBefore, dayOf, daysBetween, instantOf, nextDay } from '../domain/bill-calendar.js';
import { BILL_DAY_MACHINE, type Merchant } from '../domain/bill-day.js';
import { BillDayStore, type NewBillDay } from '../store/bill-day.store.js';
import { Gateways, type Gateway } from './gateway.port.js';
import { Trail } from './trail.js';

const daysPerMerchantMax = 100;

/** Writes down the days that ended since a merchant's first charge: each of them has a bill that is to be fetched. */
@Injectable()
export class OpenBillDays {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly days: BillDayStore,
    private readonly gateways: Gateways,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Returns how many days are new. What "ended" means is said by the database's clock in the gateway's zone. */
  async execute(): Promise<number> {
    const now = await this.days.now();
    let opened = 0;
    for (const { lastDay, ...merchant } of await this.days.merchants()) {
      const gateway = this.gateways.find(merchant.gateway);
      if (gateway) opened += await this.open(merchant, gateway, lastDay, now);
    }
    return opened;
  }

  private async open(
    merchant: Merchant,
    gateway: Gateway,
    lastDay: string | null,
    now: Date,
  ): Promise<number> {
    const { timeZone, readyAtHour } = gateway.capabilities.bill;
    const first = lastDay === null ? await this.firstDay(merchant, timeZone) : nextDay(lastDay);
    if (first === null) return 0;
    const days = daysBetween(first, dayBefore(dayOf(now, timeZone)), daysPerMerchantMax).map(
      (day): NewBillDay => ({
        ...{ ...merchant, day, id: newId('bld', this.clock.now().getTime()) },
        startsAt: instantOf(day, 0, timeZone),
        endsAt: instantOf(nextDay(day), 0, timeZone),
        readyAt: instantOf(nextDay(day), readyAtHour, timeZone),
      }),
    );
    if (days.length > 0) await this.insert(days);
    return days.length;
  }

  private async firstDay(merchant: Merchant, zone: string): Promise<string | null> {
    const at = await this.days.firstChargeAt(merchant);
    return at && dayOf(at, zone);
  }

  private async insert(days: readonly NewBillDay[]): Promise<void> {
    try {
      await this.uow.run(async (tx) => {
        await this.days.insert(tx, days);
        const to = BILL_DAY_MACHINE.initial;
        await this.trail.leave(
          tx,
          days.map(({ id }) => ({ objectType: 'bill_day', objectId: id, from: null, to, event: 'open' })),
        );
      });
    } catch (error) {
      // Another process opened them a moment ago.
      if (!isDuplicateKey(error)) throw error;
    }
  }
}
