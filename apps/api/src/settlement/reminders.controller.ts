import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@hehuo/identity';
import { ReadReminders } from '@hehuo/settlement';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';

/** Nobody owes more than a few at once; the most urgent come first. */
const remindersMax = 100;

const instant = { type: String, format: 'date-time' } as const;

export class ReminderView {
  @ApiProperty() pledgeId!: string;
  @ApiProperty() campaignId!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ description: 'fen' }) amount!: string;
  @ApiProperty(instant) payBy!: string;
  @ApiProperty({ ...instant, nullable: true }) remindedAt!: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'how long before the end it was sent' })
  hoursBefore!: number | null;
}

export class ReminderList {
  @ApiProperty({ type: [ReminderView] }) items!: ReminderView[];
  @ApiProperty({ type: String, nullable: true }) next!: null;
}

@ApiTags('payments')
@ApiBearerAuth()
@Controller('v1/me/payment-reminders')
export class RemindersController {
  constructor(private readonly reminders: ReadReminders) {}

  @Get()
  @Policy('reminder.read-own', { polled: true })
  @ApiOperation({ summary: 'what I am asked to pay and until when, the most urgent first' })
  @ApiOkResponse({ type: ReminderList })
  async mine(@Who() { personId }: Actor): Promise<ReminderList> {
    const reminders = await this.reminders.execute(personId, remindersMax);
    return {
      items: reminders.map(({ pledge, remindedAt, hoursBefore }) => ({
        pledgeId: pledge.pledgeId,
        campaignId: pledge.campaignId,
        title: pledge.title,
        amount: pledge.quantity.toString(),
        payBy: pledge.payBy.toISOString(),
        remindedAt: remindedAt?.toISOString() ?? null,
        hoursBefore,
      })),
      next: null,
    };
  }
}
