import { FLAWS_ZH, MISSING_ZH } from './flaws.zh.js';

/** Characters that a text may have. */
export interface FieldLimits {
  readonly min: number;
  readonly max: number;
}

/** What every rule of a DTO asks for. A rule that is not listed here does not pass the test beside the DTOs. */
export const FIELD_RULES_ZH: Readonly<Record<string, string | ((limits: FieldLimits) => string)>> = {
  whitelistValidation: '请求里没有这个字段',
  nestedValidation: '应是对象',
  object: '应是 JSON 对象',
  keySet: '应是一组文字，名称见渠道的 keyFields',
  arrayMaxSize: '项数太多',
  arrayMinSize: '项数太少',
  arrayUnique: '不能重复',
  isArray: '应是列表',
  isBoolean: '应是 true 或 false',
  isDefined: '不能缺少',
  isIdOf: '编号不对，请核对',
  isIn: '不是可选的值',
  isInstant: '应是带时区的时刻，如 2026-11-23T18:00:00+08:00',
  isInt: '应是整数',
  isLine: ({ min, max }) => `应是一行文字，${min} 到 ${max} 个字，不含控制字符`,
  isObject: '应是对象',
  isProse: ({ min, max }) => `请写 ${min} 到 ${max} 个字，不含控制字符`,
  isQuantity: '应是十进制数字串，从 "1" 到 "999999999999999"',
  isString: '应是文字',
  isUrl: '应是网址',
  matches: '格式不对',
  max: '数值太大',
  maxLength: '太长',
  min: '数值太小',
  minLength: '太短',
};

export interface FieldError {
  /** Where it is in the body; in a file it is a line that says so. */
  readonly pointer?: string;
  readonly message: string;
  /** Which rule of a DTO is not kept; for the choice of words only. */
  readonly rule?: string;
  /** What that rule allows. */
  readonly limits?: FieldLimits | undefined;
  /** Which flaw a context found. */
  readonly code?: string;
}

/** The list of wrong fields as it is shown: in Chinese where there are words for it, and without the rule's name. */
export function shownFields<T extends FieldError>(
  problem: string,
  errors: readonly T[],
  isChinese: boolean,
): Omit<T, 'rule' | 'limits'>[] {
  return errors.map(({ rule, limits, ...shown }) => {
    const words = isChinese ? (ruleWords(rule, limits) ?? flawWords(problem, shown)) : undefined;
    return words === undefined ? shown : { ...shown, message: words };
  });
}

function ruleWords(rule: string | undefined, limits: FieldLimits | undefined): string | undefined {
  if (rule === undefined || !Object.hasOwn(FIELD_RULES_ZH, rule)) return undefined;
  const words = FIELD_RULES_ZH[rule];
  return typeof words === 'function' ? limits && words(limits) : words;
}

function flawWords(problem: string, flaw: Omit<FieldError, 'rule' | 'limits'>): string | undefined {
  const { code, pointer = '' } = flaw;
  if (code === undefined || !Object.hasOwn(FLAWS_ZH, problem)) return undefined;
  const place = code === 'missing' ? pointer.slice(pointer.lastIndexOf('/') + 1) : '';
  if (Object.hasOwn(MISSING_ZH, place)) return MISSING_ZH[place];
  const flaws = FLAWS_ZH[problem]!;
  const words = Object.hasOwn(flaws, code) ? flaws[code] : undefined;
  return typeof words === 'function' ? words({ ...flaw }) : words;
}
