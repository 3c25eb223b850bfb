import { ValidateBy } from 'class-validator';

/** Settings by their names, as the environment has them. */
type Settings = Readonly<Record<string, unknown>>;

/** A setting that is of no use without others, which then must not be forgotten. */
export function Together(...names: readonly string[]): PropertyDecorator {
  return ValidateBy({
    name: 'together',
    validator: {
      validate: (_value, args) => names.every((name) => (args?.object as Settings)[name] !== undefined),
      defaultMessage: () => `needs ${names.join(', ')}, too`,
    },
  });
}

/** Two settings of which one is meant: files in two places would be found in one. */
export function InsteadOf(name: string): PropertyDecorator {
  return ValidateBy({
    name: 'insteadOf',
    validator: {
      validate: (_value, args) => (args?.object as Settings)[name] === undefined,
      defaultMessage: () => `takes the place of ${name}; set one of them`,
    },
  });
}
