import { useLingui } from '@lingui/react/macro';
import { plural } from '@lingui/core/macro';
import type { Schemas } from '../../api/client';
import { span } from '../../lib/dates';
import { missing } from '../../ui/amount';
import { Chip, Chips } from '../../ui/chips';
import { FieldSet, Input, TextArea } from '../../ui/field';
import { Stepper } from '../../ui/stepper';
import type { Flaw, PledgeDraft } from './draft';
import { yuan } from '../../lib/quantities';

interface GiftProps {
  readonly ask: Schemas['CampaignPageView']['asks'][number];
  readonly draft: PledgeDraft;
  readonly flaws: readonly Flaw[];
  readonly change: (part: Partial<PledgeDraft>) => void;
}

/** What is given, by kind: taps for time and things, one number for money, one text for an idea. */
export function Gift(props: GiftProps) {
  if (props.ask.slots.length > 0) return <TimeGift {...props} />;
  if (props.ask.kind === 'money') return <MoneyGift {...props} />;
  if (props.ask.kind === 'goods') return <GoodsGift {...props} />;
  if (props.ask.kind === 'planning') return <IdeaGift {...props} />;
  return null;
}

const peopleMax = 20;

function TimeGift({ ask, draft, flaws, change }: GiftProps) {
  const { t } = useLingui();
  const chosen = ask.slots.find(({ id }) => id === draft.slotId);
  const free = chosen ? chosen.capacity - chosen.taken : 1;
  return (
    <>
      <FieldSet label={t`哪个时间方便`} error={flaws.includes('slot') ? t`请选一个时间` : undefined}>
        <Chips>
          {ask.slots.map(({ id, startsAt, endsAt, capacity, taken }) => {
            const places = capacity - taken;
            return (
              <Chip
                key={id}
                name="slot"
                checked={id === draft.slotId}
                disabled={places <= 0}
                onChange={() => change({ slotId: id, places: 1 })}
              >
                {span(startsAt, endsAt)}
                {' · '}
                {places > 0 ? plural(places, { one: '还要 # 人', other: '还要 # 人' }) : t`满了`}
              </Chip>
            );
          })}
        </Chips>
      </FieldSet>
      <FieldSet label={t`几个人来`}>
        <Stepper
          label={t`几个人来`}
          value={draft.places}
          max={Math.max(1, Math.min(free, peopleMax))}
          unit={t`人`}
          onChange={(places) => change({ places })}
        />
      </FieldSet>
    </>
  );
}

const sums = ['10', '20', '50', '100'];

function MoneyGift({ ask, draft, flaws, change }: GiftProps) {
  const { t } = useLingui();
  const max = ask.perPledgeMax;
  const error = flaws.includes('amount')
    ? t`请填钱数，最少 1 元`
    : flaws.includes('amount_max') && max
      ? t`一个人最多 ${yuan(max)} 元，心意够了`
      : undefined;
  return (
    <>
      <FieldSet label={t`认多少`} hint={max ? t`一个人最多 ${yuan(max)} 元` : undefined}>
        <Chips>
          {sums
            .filter((sum) => max === null || BigInt(sum) * 100n <= BigInt(max))
            .map((sum) => (
              <Chip key={sum} name="sum" checked={draft.yuan === sum} onChange={() => change({ yuan: sum })}>
                {t`${sum} 元`}
              </Chip>
            ))}
        </Chips>
      </FieldSet>
      <Input
        label={t`或者自己填`}
        inputMode="decimal"
        autoComplete="off"
        suffix={t`元`}
        value={draft.yuan}
        error={error}
        onChange={(event) => change({ yuan: event.target.value })}
      />
    </>
  );
}

const piecesMax = 99;

function GoodsGift({ ask, draft, change }: GiftProps) {
  const { t } = useLingui();
  const room = ask.cap === null ? piecesMax : Number(missing(ask.promised, ask.cap));
  return (
    <FieldSet label={ask.goodsMode === 'lend' ? t`借多少` : t`给多少`}>
      <Stepper
        label={ask.title}
        value={draft.pieces}
        max={Math.max(1, Math.min(piecesMax, room))}
        unit={ask.unitLabel ?? t`件`}
        onChange={(pieces) => change({ pieces })}
      />
    </FieldSet>
  );
}

const ideaMax = 2000;

function IdeaGift({ draft, flaws, change }: GiftProps) {
  const { t } = useLingui();
  return (
    <TextArea
      label={t`您的主意`}
      hint={t`想到什么说什么，用语音输入也行。大家都看得到。`}
      rows={6}
      maxLength={ideaMax}
      value={draft.text}
      error={flaws.includes('text') ? t`请写一两句话` : undefined}
      onChange={(event) => change({ text: event.target.value })}
    />
  );
}
