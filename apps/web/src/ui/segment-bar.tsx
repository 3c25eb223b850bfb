import type { Kind } from './kinds';
import styles from './segment-bar.module.css';

interface SegmentBarProps {
  readonly label: string;
  /** What a screen reader says of it, such as "2 of 3 people". */
  readonly text: string;
  /** 0 to 1. */
  readonly share: number;
  /** One segment a person or piece where there are few; ten where there are many. */
  readonly units: number;
  readonly kind: Kind;
}

const segmentsMax = 12;

export function SegmentBar({ label, text, share, units, kind }: SegmentBarProps) {
  const segments = units >= 1 && units <= segmentsMax ? units : 10;
  const full = share >= 1 ? segments : Math.min(segments - 1, Math.ceil(share * segments - 1e-9));
  const percent = Math.round(share * 100);
  return (
    <div
      className={styles.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
    >
      {Array.from({ length: segments }, (_, at) => (
        <i key={at} style={at < full ? { background: `var(--k-${kind})` } : undefined} />
      ))}
    </div>
  );
}
