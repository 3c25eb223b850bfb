import type { BookErrorCode } from '@hehuo/book';
import type { CommunityErrorCode } from '@hehuo/community';
import type { IdentityErrorCode } from '@hehuo/identity';
import type { FileErrorCode } from '@hehuo/platform';
import { wait, type Advice } from './advice-words.js';

const again = '请刷新后再看一遍，再做一次';

export const IDENTITY_ADVICE_ZH: Record<IdentityErrorCode, Advice> = {
  phone_invalid: '请填写 11 位的大陆手机号',
  code_too_soon: wait('再要验证码'),
  too_many_codes: wait('再要验证码'),
  sign_in_refused: '请核对后再试，或重新要一个验证码',
  sign_in_locked: wait('再试'),
  second_factor_refused: '验证码不对、过期或用过了，请换一个新的',
  password_weak: '请用更长、更多样的密码',
  second_factor_required: '请再验证一次身份，五分钟内有效',
  session_not_found: '它可能已经退出了；如果打不开，请重新登录',
  person_not_found: '请核对是哪一位；如果是您自己，请重新登录',
  name_invalid: '请按身份证上的姓名填写，最多 40 个字，不要带数字和符号',
  birth_date_invalid: '请按 1960-01-31 这样填写出生日期',
  birth_date_fixed: '填错了请带证件到社区，由工作人员更正',
  login_taken: '请换一个登录名',
  login_invalid: '请用 3 到 40 个小写字母、数字、点或横线，以字母或数字开头',
  consent_unknown: '请刷新页面，看过最新的说明后再同意',
  consent_not_found: '您没有这项同意，或已经撤回，不用再办',
  consent_required: '合伙人名单是公开的，请先同意公开您的姓名',
  privacy_notice_required: ({ version }) =>
    `请先看完并同意隐私说明（${String(version)} 版），再填写姓名和出生日期`,
  obligations_open: '请先把没办完的事办完或交给别人，再注销账号',
  role_grant_not_found: '请刷新授权列表看看',
  role_grant_exists: '这个人已有这项授权，或正在等另一位管理员确认',
  role_grant_refused: '不能给自己授权；管钱的授权要两位管理员；最后一位管理员不能撤掉',
  first_admin_exists: '请现有的平台管理员来授权',
  partner_not_found: '请刷新合伙人列表看看',
  partner_invalid: '请按提示把合伙人信息改好，再提交',
  partner_evidence_missing: '请先交上有效的证明材料',
  partner_own_review: '请另一位不属于这家机构的工作人员来审核',
  partner_member_exists: '这个人已经是成员，不用再加',
  partner_member_not_found: '请刷新成员列表看看',
  partner_forbidden: '这要由这家机构的负责人或社区工作人员来做；最后一位负责人不能离开',
};

export const COMMUNITY_ADVICE_ZH: Record<CommunityErrorCode, Advice> = {
  community_not_found: '请回到首页，重新选择您的社区',
  household_not_found: '请核对楼号、单元和门牌；找不到请联系社区工作人员',
  membership_not_found: '请刷新看看；没有登记过请先登记',
  membership_exists: '您在本社区已经登记过，不用再登记；要搬家请先结束原来的',
  membership_own_review: '请另一位同事来办',
  birth_date_required: '有的帮忙有年龄要求，请先填写出生日期',
  privacy_consent_required: '请先看完并同意隐私说明，再来登记',
  guardian_required: '请同一户的成年家人先登记，再给孩子当监护人',
  guardian_unfit: '监护人要是同一户、已核实的成年人；已有监护人的不用再设',
  guardian_consent_required: '请监护人先同意，再为孩子登记',
  door_code_refused: '请对着门口的通知再输一次，或到社区要一个新的',
  door_code_locked: wait('再试，或请社区工作人员帮忙'),
  import_refused: '什么都没有存。请按下面的行号改好文件，再重新导入',
  import_too_large: '请把文件分成几份，再分别导入',
  policy_invalid: '请按提示把规则改好；生效时间不能早于现在',
  policy_changed: again,
  trusted_unfit: '代办的邻居要是本社区已核实的成年居民，请换一位',
  trusted_exists: '这位邻居已经可以代办，不用再授权',
  trusted_not_found: '请刷新看看，这项授权可能已经收回',
  community_forbidden: '请本社区工作人员来办；导入地区和社区请找平台管理员',
};

export const FILE_ADVICE_ZH: Record<FileErrorCode, Advice> = {
  file_not_found: '文件可能已经删除，或您不能看；请刷新看看',
  file_type_refused: '请换成照片（JPEG、PNG、WebP）或 PDF',
  file_not_a_picture: '请换成照片（JPEG、PNG、WebP）；PDF 不能当照片',
  file_damaged: '文件没有传完整，请重新拍照或重新上传',
  file_too_large: '请换一个小一点的文件，或把照片调小',
  file_not_usable: '请重新上传这个文件；别人的、用过的文件不能再用',
  files_too_many: '请少放几个文件，再提交',
  file_quota_reached: '今天传得够多了，请明天再传',
  files_busy: wait('再传一次'),
  files_not_set_up: '请联系平台管理员开通；急用请把材料交到社区',
};

export const BOOK_ADVICE_ZH: Record<BookErrorCode, Advice> = {
  book_not_found: '请回到项目或社区页面，从那里打开账本',
  book_line_not_found: '请刷新账本再选一笔',
  challenge_not_found: '请刷新账本看看',
  challenge_open_already: '请等上一条有答复，或在那一条里接着写',
  challenge_over: '时间太久了，还有疑问请另提一条',
  challenge_full: '这里已经写满，请到社区当面谈，或另提一条',
  challenge_limit: wait('再写，或到社区当面问'),
  challenge_forbidden: '提问的人可以说“已解决”；答复要由账户负责人或社区工作人员来写，不能自己答自己',
  message_not_found: '请刷新看看，它可能已经隐藏',
  message_hidden: '这条已经隐藏，不用再办',
  book_members_only: '账本人人可看；要提问请先核实您的住户身份',
  book_text_invalid: '请写得长短合适，不要空着',
  book_changed_meanwhile: again,
  statement_not_found: '一个月过完以后才有那个月的月报，请换一个月份看看',
  payer_receipt_not_found: '请从您自己的付款记录里打开收据',
  payer_receipt_not_paid: '钱到账以后才有收据，请过一会儿再看',
  charity_receipt_invalid: '请填写票据号、开票单位和日期（如 2026-11-25）',
};
