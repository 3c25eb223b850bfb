import { useLingui } from '@lingui/react/macro';
import { Button } from '../../ui/button';
import { Check, Input } from '../../ui/field';
import { KIND } from '../../ui/kinds';
import { Seal } from '../../ui/seal';
import { isTime, type AskForm, type SlotForm } from './ask-form';
import styles from './wizard.module.css';

interface AskEditorProps {
  readonly ask: AskForm;
  readonly change: (part: Partial<AskForm>) => void;
  readonly remove: () => void;
}

export function AskEditor({ ask, change, remove }: AskEditorProps) {
  const { t, i18n } = useLingui();
  const { kind } = ask;
  const units: Record<string, string> = {
    money: t`元`,
    labour: t`小时`,
    skilled_work: t`小时`,
    goods: ask.unitLabel || t`件`,
    planning: t`个`,
    attention: t`户`,
  };
  const suffix = units[kind] ?? '';
  return (
    <fieldset className={styles.card}>
      <legend>
        <Seal kind={kind} small /> {i18n._(KIND[kind].name)}
      </legend>
      <Input
        label={t`要什么`}
        maxLength={120}
        value={ask.title}
        onChange={(event) => change({ title: event.target.value })}
      />
      <div className={styles.pair}>
        <Input
          label={t`最少`}
          inputMode="decimal"
          suffix={suffix}
          value={ask.minimum}
          onChange={(event) => change({ minimum: event.target.value })}
        />
        <Input
          label={t`最好有`}
          inputMode="decimal"
          suffix={suffix}
          value={ask.wanted}
          onChange={(event) => change({ wanted: event.target.value })}
        />
      </div>
      {kind === 'money' && (
        <Input
          label={t`一个人最多`}
          inputMode="decimal"
          suffix={t`元`}
          value={ask.perPersonMax}
          onChange={(event) => change({ perPersonMax: event.target.value })}
        />
      )}
      {kind === 'goods' && <Goods ask={ask} change={change} />}
      {kind === 'skilled_work' && (
        <Input
          label={t`要会什么手艺`}
          maxLength={60}
          value={ask.skill}
          onChange={(event) => change({ skill: event.target.value })}
        />
      )}
      {isTime(kind) && <Slots slots={ask.slots} change={(slots) => change({ slots })} />}
      <Check
        label={t`必须凑齐，差它就办不成`}
        checked={ask.required}
        onChange={(event) => change({ required: event.target.checked })}
      />
      <Button look="quiet" onClick={remove}>{t`去掉这一样`}</Button>
    </fieldset>
  );
}

function Goods({ ask, change }: Pick<AskEditorProps, 'ask' | 'change'>) {
  const { t } = useLingui();
  return (
    <>
      <Input
        label={t`一件叫什么`}
        hint={t`比如：把、包、个`}
        maxLength={10}
        value={ask.unitLabel}
        onChange={(event) => change({ unitLabel: event.target.value })}
      />
      <Check
        label={t`只是借，用完还`}
        checked={ask.lend}
        onChange={(event) => change({ lend: event.target.checked })}
      />
      {ask.lend && (
        <Input
          label={t`哪天还`}
          type="date"
          value={ask.returnOn}
          onChange={(event) => change({ returnOn: event.target.value })}
        />
      )}
    </>
  );
}

interface SlotsProps {
  readonly slots: readonly SlotForm[];
  readonly change: (slots: readonly SlotForm[]) => void;
}

function Slots({ slots, change }: SlotsProps) {
  const { t } = useLingui();
  const set = (index: number, part: Partial<SlotForm>) =>
    change(slots.map((slot, at) => (at === index ? { ...slot, ...part } : slot)));
  return (
    <>
      {slots.map((slot, index) => (
        <div key={index} role="group" aria-label={t`时段 ${index + 1}`}>
          <div className={styles.pair}>
            <Input
              label={t`哪天`}
              type="date"
              value={slot.day}
              onChange={(event) => set(index, { day: event.target.value })}
            />
            <Input
              label={t`从`}
              type="time"
              value={slot.from}
              onChange={(event) => set(index, { from: event.target.value })}
            />
            <Input
              label={t`到`}
              type="time"
              value={slot.until}
              onChange={(event) => set(index, { until: event.target.value })}
            />
            <Input
              label={t`要几个人`}
              inputMode="numeric"
              suffix={t`人`}
              value={slot.people}
              onChange={(event) => set(index, { people: event.target.value })}
            />
          </div>
          {slots.length > 1 && (
            <Button
              look="quiet"
              onClick={() => change(slots.filter((_, at) => at !== index))}
            >{t`去掉这个时段`}</Button>
          )}
        </div>
      ))}
      <Button
        onClick={() =>
          change([...slots, slots.at(-1) ?? { day: '', from: '09:00', until: '11:00', people: '2' }])
        }
      >
        {t`再加一个时段`}
      </Button>
    </>
  );
}
