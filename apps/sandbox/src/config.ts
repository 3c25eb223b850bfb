export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface SandboxConfig {
  readonly host: string;
  /** 0 asks the system for a free port. */
  readonly port: number;
  /** The key that both sides sign with. */
  readonly secret: string;
  readonly booksFolder: string;
  /** Where callbacks of an order without its own `notifyUrl` go. */
  readonly callbackUrl: string | undefined;
  /** The address that browsers see, for `payUrl`; undefined means the address listened on. */
  readonly publicUrl: string | undefined;
  readonly logLevel: LogLevel;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export const secretCharactersMin = 16;

/** Reads the environment. Throws ConfigError naming the variable and what is wrong with it, never its value. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): SandboxConfig {
  return {
    host: env['SANDBOX_HOST'] || '127.0.0.1',
    port: readPort(env['SANDBOX_PORT']),
    secret: readSecret(env['SANDBOX_SECRET']),
    booksFolder: readFolder(env['SANDBOX_BOOKS']),
    callbackUrl: readUrl('SANDBOX_CALLBACK_URL', env['SANDBOX_CALLBACK_URL']),
    publicUrl: readUrl('SANDBOX_PUBLIC_URL', env['SANDBOX_PUBLIC_URL'])?.replace(/\/+$/, ''),
    logLevel: readLevel(env['LOG_LEVEL']),
  };
}

function readPort(text: string | undefined): number {
  if (!text) return 3002;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65535) throw new ConfigError('SANDBOX_PORT must be a whole number from 0 to 65535.');
  return port;
}

function readSecret(text: string | undefined): string {
  if (!text) throw new ConfigError('SANDBOX_SECRET is missing: set the key that the platform signs with.');
  if (text.length < secretCharactersMin) {
    throw new ConfigError(`SANDBOX_SECRET is too short: use at least ${secretCharactersMin} characters.`);
  }
  return text;
}

function readFolder(text: string | undefined): string {
  if (!text) throw new ConfigError('SANDBOX_BOOKS is missing: name the folder that keeps the books.');
  return text;
}

function readUrl(name: string, text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new ConfigError(`${name} must be an absolute http or https address.`);
  }
  return text;
}

function readLevel(text: string | undefined): LogLevel {
  if (!text) return 'info';
  const level = logLevels.find((known) => known === text);
  if (!level) throw new ConfigError(`LOG_LEVEL must be one of ${logLevels.join(', ')}.`);
  return level;
}
