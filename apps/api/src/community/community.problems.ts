import type { CommunityErrorCode } from '@hehuo/community';
import type { ProblemRow } from '../problem/problem-row.js';

export const COMMUNITY_PROBLEMS: Record<CommunityErrorCode, ProblemRow> = {
  community_not_found: { status: 404, zh: '没有这个社区', en: 'There is no such community' },
  household_not_found: { status: 404, zh: '没有这一户', en: 'There is no such household' },
  membership_not_found: { status: 404, zh: '没有这个居民登记', en: 'There is no such membership' },
  membership_exists: { status: 409, zh: '在本社区已经登记过', en: 'There is an open membership already' },
  membership_own_review: { status: 403, zh: '不能核实自己', en: 'Nobody verifies themselves' },
  birth_date_required: { status: 409, zh: '请先填写出生日期', en: 'Your birth date is needed first' },
  privacy_consent_required: { status: 409, zh: '请先同意隐私说明', en: 'Agree to the privacy notice first' },
  guardian_required: { status: 409, zh: '未满14岁需要监护人', en: 'A child needs a guardian' },
  guardian_unfit: { status: 409, zh: '监护人不符合要求', en: 'This cannot be the guardian' },
  guardian_consent_required: { status: 409, zh: '需要监护人同意', en: 'The guardian has to agree' },
  door_code_refused: { status: 403, zh: '门牌码不对或已失效', en: 'The door code does not work' },
  door_code_locked: { status: 429, zh: '尝试次数太多，请稍后再试', en: 'Too many tries' },
  import_refused: { status: 422, zh: '文件有错误，没有导入', en: 'The file has errors; nothing was stored' },
  import_too_large: { status: 413, zh: '文件太大', en: 'The file is too large' },
  policy_invalid: { status: 422, zh: '社区规则有误', en: 'The rules are not valid' },
  policy_changed: { status: 409, zh: '规则刚被别人修改过', en: 'Somebody changed the rules meanwhile' },
  trusted_unfit: { status: 409, zh: '不能授权代办', en: 'This person cannot be trusted with it' },
  trusted_exists: { status: 409, zh: '已经授权过', en: 'This neighbour is trusted already' },
  trusted_not_found: { status: 404, zh: '没有这项授权', en: 'There is no such trust' },
  community_forbidden: {
    status: 403,
    zh: '只有本社区工作人员可以操作',
    en: 'This is for the community’s staff',
  },
};
