import type { Schemas } from '../../api/client';
import { idempotencyKey } from '../../lib/key';
import { fenOf } from '../../lib/quantities';

type Ask = Schemas['CampaignPageView']['asks'][number];

/** A promise that is being written. Its key makes it one promise, however often it is sent. */
export interface PledgeDraft {
  readonly key: string;
  readonly slotId: string;
  readonly places: number;
  readonly pieces: number;
  readonly yuan: string;
  readonly text: string;
  readonly anonymous: boolean;
}

export function newDraft(ask: Ask | undefined, slotId = ''): PledgeDraft {
  const free = ask?.slots.filter(({ taken, capacity }) => taken < capacity) ?? [];
  const only = free.length === 1 ? (free[0]?.id ?? '') : '';
  return {
    key: idempotencyKey(),
    slotId: slotId || only,
    places: 1,
    pieces: 1,
    yuan: '',
    text: '',
    anonymous: false,
  };
}

export type Flaw = 'slot' | 'amount' | 'amount_max' | 'text';

/** What keeps the promise from being sent. The api judges again; this only spares a way. */
export function flawsOf(ask: Ask, draft: PledgeDraft): readonly Flaw[] {
  const flaws: Flaw[] = [];
  if (ask.slots.length > 0 && !draft.slotId) flaws.push('slot');
  if (ask.kind === 'money') {
    const fen = fenOf(draft.yuan);
    if (fen === null || BigInt(fen) < 100n) flaws.push('amount');
    else if (ask.perPledgeMax !== null && BigInt(fen) > BigInt(ask.perPledgeMax)) flaws.push('amount_max');
  }
  if (ask.kind === 'planning' && draft.text.trim().length < 4) flaws.push('text');
  return flaws;
}

export function bodyOf(ask: Ask, draft: PledgeDraft): Schemas['PlacePledgeBody'] {
  const { anonymous } = draft;
  const common = { askId: ask.id, anonymous, places: 1 };
  if (ask.slots.length > 0) return { ...common, slotId: draft.slotId, places: draft.places };
  if (ask.kind === 'money') return { ...common, quantity: fenOf(draft.yuan) ?? '0' };
  if (ask.kind === 'goods') return { ...common, quantity: String(draft.pieces) };
  if (ask.kind === 'planning') return { ...common, text: draft.text.trim() };
  return common;
}
