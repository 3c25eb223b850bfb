import type { CustodyFacts } from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';

export interface CustodyEntry extends CustodyFacts {
  readonly ownerName: string;
}

/** What campaigns need to know of the accounts that hold money; filled by the context of payments. */
export abstract class CustodyDirectory {
  abstract find(id: Id<'cus'>): Promise<CustodyEntry | null>;
}
