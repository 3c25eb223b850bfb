import type { LedgerErrorCode } from '@hehuo/ledger';
import type { PaymentErrorCode, ReconciliationErrorCode } from '@hehuo/payment';
import type { Advice } from './advice-words.js';

const again = '请刷新后再看一遍，再做一次';
const newKey = '新的操作请换一个新的 Idempotency-Key';
const another = '为了钱的安全，请另一位没有经手、也不收这笔钱的人来做这一步';
const forGateways = '请支付机构按约定的格式和签名重新发送；住户不用处理';

export const PAYMENT_ADVICE_ZH: Record<PaymentErrorCode, Advice> = {
  custody_account_not_found: '请刷新代管账户列表再选',
  custody_account_not_active: '这个账户现在不能收款，请换一种付款方式，或联系社区工作人员',
  custody_account_in_use: '等这些事筹完或取消，或者先给还没公示的换一个账户，再关闭',
  custody_account_invalid: '请写明账户全称，并填两位不同的签字人',
  custody_signatory_unknown: '两位签字人都要是在平台上有正常账号的成年人，请核对后换人',
  channel_not_found: '请刷新收款渠道列表再选',
  channel_invalid: '请核对商户号；已经登记过或已关闭的渠道不能再用',
  channel_keys_invalid: '请按提示核对每一项密钥，再重新录入',
  channel_not_checked: '请先录入密钥并点“检查”，支付机构认可后再请另一位启用',
  charge_not_found: '请从您自己的付款记录里打开',
  charge_too_late: '离截止不到半分钟，不能再开新的付款。付过的，请看「我付的钱」，不要再付一次',
  charge_invalid: '请回到项目页，重新选一种付款方式再付',
  charge_in_flight: '上一笔付款还没有结果，请等一会儿，不要重复付',
  charge_already_paid: '您已经付过了，不用再付，谢谢您',
  charge_operation_reused: newKey,
  refund_not_found: '请刷新退款列表看看',
  refund_exceeds_charge: '退的钱不能比付的多，请核对金额',
  refund_fact_reused: '这件事已经退过款，请不要重复退',
  refund_not_by_hand: '线上付的请用线上退款重试；现金和转账付的，请录入退款凭证，由另一位确认',
  receipt_not_found: '请刷新收据列表看看',
  receipt_invalid: '请核对是哪一笔出资、金额多少、哪天收到；日期不能晚于今天',
  receipt_number_used: '请核对收据号；如果上次录错了，请先退回那一张',
  receipt_operation_reused: newKey,
  receipt_photo_required: '请先拍下给付款人的收据，上传照片后再录入',
  bank_statement_refused: '什么都没有存。请按下面的行号改好文件，再重新导入',
  bank_statement_too_large: '请按日期把文件分成几份，再分别导入',
  bank_line_not_found: '请刷新银行流水列表看看',
  bank_line_pledge_unfit: '请另选一笔应付到这个账户的出资',
  bank_line_pledge_taken: '这笔出资已有收据；如果付款人确实付了两次，请注明，多的会退回',
  bank_line_changed: '请重新查看这条流水，再用新的版本号办理',
  bank_line_not_dismissed: '这条流水没有被排除，直接办理即可',
  payout_campaign_not_found: '请回到项目列表，选一个有代管账户的项目',
  payee_not_found: '请刷新收款方列表再选',
  payee_invalid: '请核对收款方：账号是 8 到 34 位字母和数字，合伙机构须已核实；还给个人的，只能还给发起人',
  payee_account_mismatch: '请对着收款方的纸质材料，重新输入账号',
  payee_not_confirmed: '请另一位先核对收款账号，再付款',
  payee_changed: '收款账号改过了。请撤回这笔拨付，再重新提出',
  payee_on_hold: '新账号要等够时间才能付款，这是为了防骗；请到时再付',
  payout_not_found: '请刷新拨付列表看看',
  payout_invalid: '请核对金额、用途、收款方和凭证，改好后再提出',
  payout_voucher_used: '请核对凭证号；一张凭证只能用一次',
  payout_exceeds_budget: '请把金额改到这一步骤剩下的钱以内',
  payout_blocked: '账没有对上以前不付款，请先处理对账差异',
  claw_back_not_found: '请刷新退回列表看看',
  claw_back_exceeds_payout: '请把金额改到这笔拨付还没退回的数以内',
  claw_back_voucher_used: '请核对银行凭证号；一个号只能录一次',
  same_person: another,
  payment_forbidden: '这要由本社区有权限的人来做；请联系社区工作人员或平台管理员',
  payment_gateway_unknown: '请换一种付款方式；要开通请联系平台管理员',
  payment_changed_meanwhile: again,
  callback_refused: forGateways,
  callback_malformed: forGateways,
  callback_too_large: forGateways,
};

export const RECONCILIATION_ADVICE_ZH: Record<ReconciliationErrorCode, Advice> = {
  bill_day_not_found: '请刷新对账日历，选一个有账单的日子',
  bill_day_not_overdue: '对账单过了三天还没有来，才可以不等对账单就结账',
  bill_day_not_proposed: '还没有人提出不等对账单就结账，请先提出来',
  bill_day_changed: '刚才有人重新提了一次，请重新看过再确认',
  bill_day_invalid: '请按 2026-11-25 这样填写日期',
  difference_not_found: '请刷新差异列表看看',
  difference_not_open: '这笔差异已经处理或还没有说明，请刷新看看',
  difference_invalid: '请换一个适合这笔差异的说明，并按提示补上项目或名称',
  difference_changed: '说明刚被改过，请重新看一遍再确认',
};

export const LEDGER_ADVICE_ZH: Record<LedgerErrorCode, Advice> = {
  ledger_transfer_invalid: '不是您的错；请把 instance 里的编号告诉管理员',
  ledger_transfer_conflict: '请刷新看看，这件事可能已经办好了',
  ledger_insufficient: '账上的钱不够，请核对金额后再试',
  ledger_already_resolved: '请刷新看看，这件事已经办好了',
};
