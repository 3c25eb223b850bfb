import { ApiProperty } from '@nestjs/swagger';
import { localStamp } from '@hehuo/campaign';

/** One instant, three ways: nobody has to count days or guess a zone. */
export class DeadlineView {
  @ApiProperty({ type: String, format: 'date-time', example: '2026-12-24T12:00:00.000Z' }) at!: string;
  @ApiProperty({ example: '2026-12-24T20:00:00+08:00', description: 'what the clock shows in the community' })
  local!: string;
  @ApiProperty({ example: 'Asia/Shanghai' }) timeZone!: string;
}

export function deadlineOf(at: Date | null, timeZone: string): DeadlineView | null {
  return at && { at: at.toISOString(), local: localStamp(at, timeZone), timeZone };
}
