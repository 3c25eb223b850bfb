import { useLingui } from '@lingui/react/macro';
import { Minus, Plus } from 'lucide-react';
import styles from './stepper.module.css';

interface StepperProps {
  readonly label: string;
  readonly value: number;
  readonly min?: number;
  readonly max: number;
  readonly unit?: string;
  readonly onChange: (value: number) => void;
}

/** A small number by two large buttons: nothing to type. */
export function Stepper({ label, value, min = 1, max, unit, onChange }: StepperProps) {
  const { t } = useLingui();
  return (
    <div className={styles.stepper} role="group" aria-label={label}>
      <button
        type="button"
        aria-label={t`少一个`}
        disabled={value <= min}
        onClick={() => onChange(value - 1)}
      >
        <Minus aria-hidden size={22} />
      </button>
      <output aria-live="polite">
        <span className="num">{value}</span> {unit}
      </output>
      <button
        type="button"
        aria-label={t`多一个`}
        disabled={value >= max}
        onClick={() => onChange(value + 1)}
      >
        <Plus aria-hidden size={22} />
      </button>
    </div>
  );
}
