import { useLingui } from '@lingui/react/macro';
import type { UseFormReturn } from 'react-hook-form';
import { fenOf } from '../../lib/quantities';
import { Check, Input, Select, TextArea } from '../../ui/field';

export type Values<Name extends string> = Readonly<Record<Name, string>>;

/** One question of a form at the desk. Answers are texts; an amount is typed in yuan and handed on in fen. */
export interface Field<Name extends string> {
  readonly name: Name;
  readonly label: string;
  readonly hint?: string;
  readonly kind?: 'line' | 'text' | 'yuan' | 'number' | 'date' | 'moment' | 'choice' | 'check';
  readonly options?: readonly (readonly [value: string, words: string])[];
  readonly optional?: boolean;
  readonly start?: string;
}

export type Typed = Record<string, string | boolean>;

export function startOf(fields: readonly Field<string>[]): Typed {
  return Object.fromEntries(
    fields.map(({ name, kind, start }) => [name, kind === 'check' ? start === 'yes' : (start ?? '')]),
  );
}

interface FieldsProps {
  readonly fields: readonly Field<string>[];
  readonly form: UseFormReturn<Typed>;
}

export function Fields({ fields, form }: FieldsProps) {
  return (
    <>
      {fields.map((field) => (
        <OneField key={field.name} field={field} form={form} />
      ))}
    </>
  );
}

function OneField({ field, form }: { readonly field: Field<string>; readonly form: FieldsProps['form'] }) {
  const { t } = useLingui();
  const { name, label, hint, kind = 'line', options = [], optional = false } = field;
  const words = { yuan: t`请填金额，比如 12.50`, check: t`请先勾上这一条` };
  const needed = kind === 'yuan' || kind === 'check' ? words[kind] : t`请填${label}`;
  const error = form.formState.errors[name] ? needed : undefined;
  const rules =
    kind === 'yuan'
      ? { validate: (typed: unknown) => (optional && typed === '') || fenOf(String(typed)) !== null }
      : { required: !optional };
  const shared = { label, hint, error, ...form.register(name, rules) };
  switch (kind) {
    case 'text':
      return <TextArea rows={3} {...shared} />;
    case 'check':
      return <Check label={label} error={error} {...form.register(name, rules)} />;
    case 'choice':
      return (
        <Select {...shared}>
          <option value="">{t`请选`}</option>
          {options.map(([value, says]) => (
            <option key={value} value={value}>
              {says}
            </option>
          ))}
        </Select>
      );
    case 'yuan':
      return <Input inputMode="decimal" suffix={t`元`} {...shared} />;
    case 'number':
      return <Input inputMode="numeric" {...shared} />;
    case 'date':
      return <Input type="date" {...shared} />;
    case 'moment':
      return <Input type="datetime-local" {...shared} />;
    case 'line':
      return <Input {...shared} />;
  }
}
