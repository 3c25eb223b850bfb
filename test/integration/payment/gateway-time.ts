import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@hehuo/platform';

const UNDER_WAY = "SELECT id FROM refund WHERE state IN ('due', 'sent', 'processing', 'unknown') LIMIT 1";
const roundsMax = 40;

interface TurnedTime {
  readonly database: Database;
  faults(): Promise<unknown>;
  pass(seconds: number): Promise<void>;
  sweep(): Promise<number>;
}

/**
 * Its faults stop, and it comes to an end with what it has. What the gateway works on takes its own time, which a test cannot turn forward. Where days pass before it is done, our
 * side gives up on what the gateway then does all the same.
 */
export async function letGatewayFinish(world: TurnedTime): Promise<void> {
  await world.faults();
  for (let round = 0; round < roundsMax && (await world.database.row(UNDER_WAY)); round += 1) {
    await world.pass(30);
    await world.sweep();
    await sleep(25);
  }
}
