/** MySQL and MariaDB error numbers; the driver's text codes are wrong for MariaDB, so only numbers decide. */
const DUPLICATE_KEY = 1062;
/** deadlock, lock wait, record changed since read (MariaDB snapshot isolation), group replication, Galera */
const RETRYABLE = new Set([1213, 1205, 1020, 3101, 1180, 1047]);
const CHECK_FAILED = new Set([3819, 4025]);

interface DriverError {
  readonly errno?: number;
  readonly sqlMessage?: string;
  readonly driverError?: DriverError;
  readonly cause?: unknown;
  readonly commitLost?: true;
}

function errno(error: unknown): number | undefined {
  const shape = error as DriverError | undefined;
  return shape?.errno ?? shape?.driverError?.errno;
}

export function isRetryable(error: unknown): boolean {
  const shape = error as DriverError | undefined;
  if (shape?.commitLost) {
    // Certification conflicts are reported by COMMIT itself and surely rolled back; a cut connection is not sure.
    const number = errno(shape.cause);
    return number !== undefined && RETRYABLE.has(number);
  }
  const number = errno(error);
  return number !== undefined && RETRYABLE.has(number);
}

export function isCommitLost(error: unknown): boolean {
  return (error as DriverError | undefined)?.commitLost === true;
}

/** Whether a unique key refused the row; `key` narrows it to one index by its name. */
export function isDuplicateKey(error: unknown, key?: string): boolean {
  if (errno(error) !== DUPLICATE_KEY) return false;
  const shape = error as DriverError;
  const text = shape.sqlMessage ?? shape.driverError?.sqlMessage ?? '';
  return key === undefined || text.includes(key);
}

export function isCheckViolation(error: unknown): boolean {
  const number = errno(error);
  return number !== undefined && CHECK_FAILED.has(number);
}
