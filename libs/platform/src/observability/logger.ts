import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { currentContext } from './context.js';

/** Fields that may hold something personal or secret, wherever they stand. */
const SECRET_FIELDS = [
  'phone',
  'name',
  'realName',
  'address',
  'password',
  'code',
  'token',
  'authorization',
  'cookie',
  'totp',
  'secret',
  'doorCode',
  'note',
  'text',
  'email',
];

/** JSON lines with the request or job id and the actor; personal fields are blacked out before they are written. */
export function createLogger(process: string, level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { process },
    timestamp: stdTimeFunctions.isoTime,
    redact: {
      paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `*.headers.${field}`]),
      censor: '[redacted]',
    },
    mixin: () => {
      const { actor, requestId } = currentContext();
      return { actor, requestId };
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

export type { Logger } from 'pino';
