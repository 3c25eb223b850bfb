import styles from './facade.module.css';

interface FacadeProps {
  /** Homes of the neighbourhood or those that are asked for. */
  readonly homes: number;
  readonly lit: number;
  /** The reader's own window shines brighter. */
  readonly mine?: boolean;
}

const columns = 12;
const windowsMax = 96;
const cell = { width: 30, height: 34 };

/** Steps through all windows, scattered, so that light does not run along them like a bar. */
function order(total: number): number[] {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let stride = Math.max(1, Math.round(total * 0.382));
  while (divisor(stride, total) !== 1) stride += 1;
  return Array.from({ length: total }, (_, at) => (at * stride) % total);
}

/** The block of flats at dusk: every home that says yes lights a window. The numbers below it say the same in words. */
export function Facade({ homes, lit, mine }: FacadeProps) {
  const windows = Math.max(columns, Math.min(windowsMax, homes));
  const share = Math.min(1, lit / Math.max(1, homes));
  // A whole block shines only when nobody is missing.
  const shining = share >= 1 ? windows : Math.min(windows - 1, Math.ceil(share * windows));
  const sequence = order(windows);
  const on = new Set(sequence.slice(0, shining));
  const own = mine && shining > 0 ? sequence[shining - 1] : -1;
  const rows = Math.ceil(windows / columns);
  const [width, height] = [columns * cell.width + 30, rows * cell.height + 56];
  return (
    <svg className={styles.facade} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      <rect className={styles.sky} width={width} height={height} />
      <path className={styles.wall} d={`M8 20h${width - 16}v${height - 20}H8zM${width - 86} 6h34v14h-34z`} />
      <rect className={styles.cornice} x="8" y="20" width={width - 16} height="5" />
      {Array.from({ length: windows }, (_, at) => {
        const x = 18 + (at % columns) * cell.width;
        const y = 36 + Math.floor(at / columns) * cell.height;
        const state = at === own ? styles.own : on.has(at) ? styles.on : '';
        return (
          <g key={at}>
            <rect className={`${styles.window} ${state}`} x={x} y={y} width="18" height="20" rx="1" />
            <path className={styles.frame} d={`M${x + 9} ${y}v20M${x} ${y + 8}h18`} />
            <rect className={styles.sill} x={x - 2} y={y + 21} width="22" height="2.4" />
          </g>
        );
      })}
      <rect className={styles.ground} y={height - 6} width={width} height="6" />
    </svg>
  );
}
