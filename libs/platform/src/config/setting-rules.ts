import { ValidateBy } from 'class-validator';
import type { PlatformSettings } from './schemas.js';

/** A setting that is of no use without others, which then must not be forgotten. */
export function Together(...names: (keyof PlatformSettings)[]): PropertyDecorator {
  return ValidateBy({
    name: 'together',
    validator: {
      validate: (_value, args) =>
        names.every((name) => (args?.object as PlatformSettings)[name] !== undefined),
      defaultMessage: () => `needs ${names.join(', ')}, too`,
    },
  });
}

/** Two settings of which one is meant: files in two places would be found in one. */
export function InsteadOf(name: keyof PlatformSettings): PropertyDecorator {
  return ValidateBy({
    name: 'insteadOf',
    validator: {
      validate: (_value, args) => (args?.object as PlatformSettings)[name] === undefined,
      defaultMessage: () => `takes the place of ${name}; set one of them`,
    },
  });
}
