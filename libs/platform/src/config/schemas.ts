import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { InsteadOf, Together } from './setting-rules.js';
import { Setting } from './setting.js';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
/** PKCS8 (DER) of an Ed25519 key: always the same 16 bytes before the key itself. */
const ED25519_KEY = /^MC4CAQAwBQYDK2VwBCIEI[A-Za-z0-9+/]{43}$/;
const KEY_OF_32_BYTES = /^[A-Za-z0-9+/]{43}=$/;

class DatabaseConfig {
  @Setting(
    'MySQL 8.4 or MariaDB 10.11+: `mysql://user:password@host:port/database`, a user without rights over history',
  )
  @Matches(/^(mysql|mariadb):\/\/.+\/.+/, {
    message: 'must look like mysql://user:password@host:3306/database',
  })
  MYSQL_URL!: string;

  @Setting('most database connections of this process', '24')
  @Type(() => Number)
  @IsInt()
  @Min(2)
  @Max(500)
  MYSQL_POOL_MAX!: number;

  @Setting('`production` makes every boot check strict', 'development')
  @IsIn(['development', 'test', 'production'])
  NODE_ENV!: string;

  @Setting('least important log line that is written', 'info')
  @IsIn(LOG_LEVELS)
  LOG_LEVEL!: string;
}

/** A switch that only a demonstration or a test may turn on. */
function OffInProduction(): PropertyDecorator {
  return ValidateBy({
    name: 'offInProduction',
    validator: {
      validate: (value, args) =>
        value !== 'yes' || (args?.object as DatabaseConfig).NODE_ENV !== 'production',
      defaultMessage: () => 'must not be `yes` when NODE_ENV is production',
    },
  });
}

/** Two keys that are one protect half as much: who reads the one out of a dump has the other. */
function OtherThan(name: 'FIELD_KEY'): PropertyDecorator {
  return ValidateBy({
    name: 'otherThan',
    validator: {
      validate: (value, args) => value !== (args?.object as PlatformConfig)[name],
      defaultMessage: () => `must be another key than ${name}`,
    },
  });
}

const SMS_SENDERS = ['webhook', 'log'];

/** Who reads logs could sign in as anybody, so a production that writes codes there must have been asked for it. */
function ChosenInProduction(): PropertyDecorator {
  return ValidateBy({
    name: 'chosenInProduction',
    validator: {
      validate: (value, args) =>
        value === undefined
          ? (args?.object as DatabaseConfig).NODE_ENV !== 'production'
          : SMS_SENDERS.includes(String(value)),
      defaultMessage: () => `must be one of ${SMS_SENDERS.join(', ')}`,
    },
  });
}

class PlatformConfig extends DatabaseConfig {
  @Setting('Redis 7+ with `maxmemory-policy noeviction`: `redis://host:port/0`')
  @Matches(/^rediss?:\/\/.+/, { message: 'must look like redis://host:6379/0' })
  REDIS_URL!: string;

  @Setting('first part of every Redis key, so that installations can share a server', 'hehuo')
  @Matches(/^[a-z0-9-]{1,40}$/, { message: 'must be 1 to 40 lower-case letters, digits or dashes' })
  REDIS_PREFIX!: string;

  @Setting('base64 of 32 random bytes; encrypts phone numbers and names. Losing it loses them')
  @Matches(KEY_OF_32_BYTES, { message: 'must be base64 of 32 bytes: openssl rand -base64 32' })
  FIELD_KEY!: string;

  @Setting('base64 of 32 other random bytes; finds an encrypted phone number again')
  @Matches(KEY_OF_32_BYTES, { message: 'must be base64 of 32 bytes: openssl rand -base64 32' })
  @OtherThan('FIELD_KEY')
  BLIND_INDEX_KEY!: string;

  @Setting(
    'Ed25519 key (PKCS8, DER, base64) that signs monthly statements; without it one is made and kept encrypted in the database',
    '',
  )
  @IsOptional()
  @Matches(ED25519_KEY, {
    message: 'must be an Ed25519 key: openssl genpkey -algorithm ed25519 -outform DER | base64 -w0',
  })
  STATEMENT_KEY?: string;

  @Setting('where the sandbox payment gateway answers; without it no online payment is offered', '')
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  @Together('SANDBOX_SECRET')
  SANDBOX_URL?: string;

  @Setting('key shared with the sandbox gateway, at least 16 characters', '')
  @IsOptional()
  @IsString()
  @MinLength(16)
  SANDBOX_SECRET?: string;

  @Setting('`yes` lets custodians take money by Alipay, each with keys of its own', 'no')
  @IsIn(['yes', 'no'])
  ALIPAY!: 'yes' | 'no';

  @Setting(
    'address of the open API of Alipay, or of a sandbox of it',
    'https://openapi.alipay.com/gateway.do',
  )
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  ALIPAY_GATEWAY!: string;

  @Setting('`yes` lets custodians take money by WeChat Pay, each with keys of its own', 'no')
  @IsIn(['yes', 'no'])
  WECHAT_PAY!: 'yes' | 'no';

  @Setting('where WeChat Pay answers; another address only to rehearse', 'https://api.mch.weixin.qq.com')
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  WECHAT_PAY_ORIGIN!: string;

  @Setting('`yes` lets campaigns close seconds after they open, to watch it; refused in production', 'no')
  @IsIn(['yes', 'no'])
  @OffInProduction()
  DEMO_SHORT_DEADLINES!: 'yes' | 'no';

  @Setting('folder of uploaded photos and documents, shared by api and worker; without it none are taken', '')
  @IsOptional()
  @IsString()
  STORAGE_FOLDER?: string;

  @Setting(
    'bucket of uploaded photos and documents instead of a folder, at an S3-compatible store: its address in path style, such as `https://s3.example.com/hehuo-files`',
    '',
  )
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  @InsteadOf('STORAGE_FOLDER')
  @Together('STORAGE_S3_KEY_ID', 'STORAGE_S3_SECRET')
  STORAGE_S3_URL?: string;

  @Setting('region of the bucket, as the store names it', 'us-east-1')
  @IsString()
  STORAGE_S3_REGION!: string;

  @Setting('id of the key that may put, get and delete objects of the bucket', '')
  @IsOptional()
  @IsString()
  STORAGE_S3_KEY_ID?: string;

  @Setting('secret of that key', '')
  @IsOptional()
  @IsString()
  STORAGE_S3_SECRET?: string;

  @Setting('address under which people and gateways reach the api', 'http://127.0.0.1:3000')
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  PUBLIC_URL!: string;
}

/** What every process that works on the platform's data reads. */
export type PlatformSettings = PlatformConfig;

/** What both processes read that people sign in with. */
class ServingConfig extends PlatformConfig {
  @Setting(
    'how sign-in codes reach phones: `webhook`, or `log` writes them into the log of the worker. Required in production, `log` otherwise',
    '',
  )
  @ChosenInProduction()
  SMS_SENDER?: 'webhook' | 'log';
}

/** What the api process reads. */
export class ApiConfig extends ServingConfig {
  @Setting('port of the api', '3000')
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65535)
  PORT!: number;

  @Setting('address the api listens on', '127.0.0.1')
  @IsString()
  HOST!: string;

  @Setting('how many proxies stand in front of the api; their X-Forwarded-For is believed', '0')
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(10)
  TRUSTED_PROXIES!: number;

  @Setting('folder of the built web app; where there is none, the api answers no pages', 'apps/web/dist')
  @IsString()
  WEB_FOLDER!: string;

  @Setting('requests a minute from one address before 429', '1200')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  REQUESTS_PER_MINUTE!: number;

  @Setting(
    'what a Prometheus on another machine sends as bearer token to /metrics, at least 16 characters',
    '',
  )
  @IsOptional()
  @Matches(/^[A-Za-z0-9._~+/-]{16,200}$/, { message: 'must be 16 to 200 letters, digits or . _ ~ + / -' })
  METRICS_TOKEN?: string;

  @Setting('seconds between "not ready" and the end, so that a load balancer can look away first', '0')
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(30)
  STOP_PAUSE_SECONDS!: number;
}

/** What the worker process reads. */
export class WorkerConfig extends ServingConfig {
  @Setting('with `SMS_SENDER=webhook`: where texts are posted to be sent', '')
  @ValidateIf((config: WorkerConfig) => config.SMS_SENDER === 'webhook')
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  SMS_WEBHOOK_URL?: string;

  @Setting('with `SMS_SENDER=webhook`: key of the signature on each post, at least 32 characters', '')
  @ValidateIf((config: WorkerConfig) => config.SMS_SENDER === 'webhook')
  @IsString()
  @MinLength(32)
  SMS_WEBHOOK_SECRET?: string;

  @Setting('port of the worker for /health, /ready and /metrics', '3001')
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65535)
  WORKER_PORT!: number;

  @Setting('address the worker listens on', '127.0.0.1')
  @IsString()
  WORKER_HOST!: string;
}

/** What `ops migrate` reads: it works before there is a key or a Redis. */
export class MigrateConfig extends DatabaseConfig {
  @Setting('a user that may create the database, its tables and the user of MYSQL_URL', '')
  @IsOptional()
  @Matches(/^(mysql|mariadb):\/\/.+/, { message: 'must look like mysql://user:password@host:3306/' })
  MYSQL_OWNER_URL?: string;
}

/** What `ops` reads. */
export class OpsConfig extends PlatformConfig {
  @Setting(
    'a user that may create the database, its tables and the user of MYSQL_URL; only `ops migrate` and `seed` use it',
    '',
  )
  @IsOptional()
  @Matches(/^(mysql|mariadb):\/\/.+/, { message: 'must look like mysql://user:password@host:3306/' })
  MYSQL_OWNER_URL?: string;

  @Setting('where `ops story` finds the api', 'http://127.0.0.1:3000')
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  API_URL!: string;
}
