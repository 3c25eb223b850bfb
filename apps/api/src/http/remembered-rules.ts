import { getMetadataStorage } from 'class-validator';

/**
 * Lets class-validator look up the rules of a class once. It goes through the rules of every class of the process for
 * each object that it validates, so each new DTO anywhere would make each request a little dearer. Only look-ups
 * without groups are remembered, and a class is complete before its first object can be validated.
 */
export function rememberRules(): void {
  const storage = getMetadataStorage();
  const lookUp = storage.getTargetValidationMetadatas.bind(storage);
  type LookUp = typeof lookUp;
  const known = new WeakMap<Parameters<LookUp>[0], ReturnType<LookUp>>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    if (schema || always || strictGroups || groups?.length) {
      return lookUp(target, schema, always, strictGroups, groups);
    }
    const rules = known.get(target) ?? lookUp(target, schema, always, strictGroups, groups);
    known.set(target, rules);
    return rules;
  };
}
