import type { Schemas } from '../../api/client';
import { fenOf, yuan } from '../../lib/quantities';
import { kindOf, type Kind } from '../../ui/kinds';

export interface SlotForm {
  readonly day: string;
  readonly from: string;
  readonly until: string;
  readonly people: string;
}

/** An ask as it is typed: amounts in yuan, hours, pieces or homes. */
export interface AskForm {
  readonly kind: Kind;
  readonly title: string;
  readonly required: boolean;
  readonly minimum: string;
  readonly wanted: string;
  readonly perPersonMax: string;
  readonly unitLabel: string;
  readonly lend: boolean;
  readonly returnOn: string;
  readonly skill: string;
  readonly slots: readonly SlotForm[];
}

const zone = '+08:00';
const minutesPerHour = 60;

export const isTime = (kind: Kind): boolean => kind === 'labour' || kind === 'skilled_work';

export function newAsk(kind: Kind): AskForm {
  const slots = isTime(kind) ? [{ day: '', from: '09:00', until: '11:00', people: '2' }] : [];
  return {
    ...{ kind, title: '', required: false, minimum: '', wanted: '', perPersonMax: '', unitLabel: '' },
    ...{ lend: false, returnOn: '', skill: '', slots },
  };
}

function typed(kind: Kind, quantity: string | null): string {
  if (quantity === null) return '';
  if (kind === 'money') return yuan(quantity).replace(/,/g, '');
  return isTime(kind) ? String(Number(quantity) / minutesPerHour) : quantity;
}

function quantityOf(kind: Kind, text: string): string | undefined {
  if (text.trim() === '') return undefined;
  if (kind === 'money') return fenOf(text) ?? text;
  return isTime(kind) ? String(Math.round(Number(text) * minutesPerHour)) : text.trim();
}

/** An instant as the clock of the community shows it: day and minute. */
function local(at: string): [day: string, minute: string] {
  const shifted = new Date(Date.parse(at) + 8 * 3_600_000).toISOString();
  return [shifted.slice(0, 10), shifted.slice(11, 16)];
}

export function formOfAsk(ask: Schemas['AskOnPage']): AskForm {
  const kind = kindOf(ask.kind);
  return {
    kind,
    title: ask.title,
    required: ask.required,
    minimum: typed(kind, ask.minimum),
    wanted: typed(kind, ask.wanted),
    perPersonMax: typed(kind, ask.perPersonMax),
    unitLabel: ask.unitLabel ?? '',
    lend: ask.goodsMode === 'lend',
    returnOn: ask.returnOn ?? '',
    skill: ask.skill ?? '',
    slots: ask.slots.map(({ startsAt, endsAt, capacity }) => {
      const [[day, from], [, until]] = [local(startsAt), local(endsAt)];
      return { day, from, until, people: String(capacity) };
    }),
  };
}

export function bodyOfAsk(form: AskForm): Schemas['AskBody'] {
  const { kind, title, required } = form;
  const [minimum, wanted] = [quantityOf(kind, form.minimum), quantityOf(kind, form.wanted)];
  const perPersonMax = quantityOf(kind, form.perPersonMax);
  return {
    ...{ kind, title: title.trim(), required },
    ...(minimum === undefined ? {} : { minimum }),
    ...(wanted === undefined ? {} : { wanted }),
    ...(perPersonMax === undefined ? {} : { perPersonMax }),
    ...(kind === 'goods' ? goodsOf(form) : {}),
    ...(kind === 'skilled_work' && form.skill.trim() ? { skill: form.skill.trim() } : {}),
    ...(isTime(kind) ? { slots: form.slots.map(slotOf) } : {}),
  };
}

function goodsOf({ lend, unitLabel, returnOn }: AskForm): Partial<Schemas['AskBody']> {
  return {
    goodsMode: lend ? 'lend' : 'give',
    ...(unitLabel.trim() ? { unitLabel: unitLabel.trim() } : {}),
    ...(lend && returnOn ? { returnOn } : {}),
  };
}

function slotOf({ day, from, until, people }: SlotForm): Schemas['SlotBody'] {
  return {
    startsAt: `${day}T${from}:00${zone}`,
    endsAt: `${day}T${until}:00${zone}`,
    capacity: Number(people),
  };
}
