/** MySQL and MariaDB error numbers; the driver's text codes are wrong for MariaDB, so only numbers decide. */
const DUPLICATE_KEY = 1062;
/** deadlock, lock wait, record changed since read (MariaDB snapshot isolation), group replication, Galera */
const RETRYABLE = new Set([1213, 1205, 1020, 3101, 1180, 1047]);
/** too many connections, shutdown, read-only, connection killed, gone away, lost, wait timed out */
const AWAY = new Set([1040, 1053, 1203, 1290, 1836, 1927, 2006, 2013, 4031]);
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'PROTOCOL_CONNECTION_LOST',
]);
const CHECK_FAILED = new Set([3819, 4025]);

interface DriverError {
  readonly errno?: number;
  readonly code?: unknown;
  readonly message?: string;
  readonly fatal?: boolean;
  readonly sqlMessage?: string;
  readonly sqlState?: string;
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

/** Whether the database could not be asked at all: nothing was stored, and the same request may be tried again. */
export function isDatabaseAway(error: unknown): boolean {
  const shape = error as DriverError | undefined;
  const driver = shape?.driverError ?? shape;
  const number = errno(error);
  if (number !== undefined && AWAY.has(number)) return true;
  if (driver?.message === 'Queue limit reached.' || driver?.message === 'Pool is closed.') return true;
  // Other sockets fail with the same codes; only the database's driver marks its errors as fatal or not.
  return (
    typeof driver?.code === 'string' &&
    AWAY_CODES.has(driver.code) &&
    (driver === shape?.driverError || 'fatal' in driver)
  );
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

/** The five characters by which the server classed its error; null when it was not the server that spoke. */
export function sqlStateOf(error: unknown): string | null {
  const shape = error as DriverError | undefined;
  return shape?.sqlState ?? shape?.driverError?.sqlState ?? null;
}
