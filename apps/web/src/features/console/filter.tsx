import { Chip, Chips } from '../../ui/chips';
import styles from './filter.module.css';

interface FilterProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, words: string])[];
  readonly onChange: (value: Value) => void;
}

/** Which rows are shown: one of a few. */
export function Filter<Value extends string>({ label, value, options, onChange }: FilterProps<Value>) {
  return (
    <div role="radiogroup" aria-label={label} className={styles.filter}>
      <Chips>
        {options.map(([option, words]) => (
          <Chip key={option} name={label} checked={option === value} onChange={() => onChange(option)}>
            {words}
          </Chip>
        ))}
      </Chips>
    </div>
  );
}
