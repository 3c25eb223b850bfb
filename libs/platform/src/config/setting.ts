import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';

export interface SettingDoc {
  readonly name: string;
  readonly text: string;
  /** Undefined means that the variable is required; an empty text, that it may be left out. */
  readonly byDefault: string | undefined;
}

type ConfigClass<T extends object> = new () => T;

const documented = new Map<object, SettingDoc[]>();

/** Documents a variable of a config class. The table in docker/README.md is checked against these. */
export function Setting(text: string, byDefault?: string): PropertyDecorator {
  return (prototype, name) => {
    const list = documented.get(prototype) ?? [];
    documented.set(prototype, [...list, { name: String(name), text, byDefault }]);
  };
}

/** Every variable of a config class, its parents' first. */
export function settingsOf(config: ConfigClass<object>): SettingDoc[] {
  const chain: SettingDoc[] = [];
  for (let at: unknown = config.prototype; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    chain.unshift(...(documented.get(at as object) ?? []));
  }
  return chain;
}

export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`the configuration cannot be used:\n${problems.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads the variables of `config` from the environment. Throws a {@link ConfigError} that names each bad variable. */
export function loadConfig<T extends object>(config: ConfigClass<T>, environment: NodeJS.ProcessEnv): T {
  const given = Object.fromEntries(
    settingsOf(config).map(({ name, byDefault }) => [
      name,
      blankAsMissing(environment[name]) ?? blankAsMissing(byDefault),
    ]),
  );
  const value = plainToInstance(config, given, { exposeUnsetFields: false });
  const problems = validateSync(value, { forbidUnknownValues: true }).map(
    ({ property, constraints, value: found }) =>
      found === undefined
        ? `${property} is missing: ${docOf(config, property)}`
        : `${property}: ${Object.values(constraints ?? {}).join('; ')}`,
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(value);
}

function blankAsMissing(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

function docOf(config: ConfigClass<object>, name: string): string {
  return settingsOf(config).find((setting) => setting.name === name)?.text ?? '';
}
