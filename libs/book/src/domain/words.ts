import type { ReceiptLanguage } from './payer-receipt.js';

/** The same words in the languages of the page. */
export type BookWords = Readonly<Record<ReceiptLanguage, string>>;

const words = (zh: string, en: string): BookWords => ({ 'zh-CN': zh, en });

/** What a movement is called, by the ledger's reason. One that is missing here is shown by its plain reason. */
const REASONS: Readonly<Record<string, BookWords>> = {
  'charge-paid': words('收到出资', 'Contribution received'),
  'refund-done': words('已退还', 'Returned'),
  'payout-done': words('已付给承办方', 'Paid out'),
  'match-received': words('收到配捐', 'Match money received'),
  'claw-back': words('承办方退回款项', 'Given back by the payee'),
  'difference-explained': words('对账差异已说明', 'A difference with the bill, explained'),
};
const EXCESS = words('多付、迟付或金额不符，将退回', 'Paid late, twice or in a wrong sum; goes back');

/** Money in the account for excess is said to go back, whatever brought it. */
export function reasonWords(line: { readonly reason: string; readonly accountCode: string }): BookWords {
  if (line.accountCode === 'excess' && line.reason === 'charge-paid') return EXCESS;
  return Object.hasOwn(REASONS, line.reason) ? REASONS[line.reason]! : words(line.reason, line.reason);
}

/** How money came, for a receipt. */
export const METHOD_WORDS: Readonly<Record<string, BookWords>> = {
  sandbox: words('演示支付（不动真钱）', 'demonstration payment (no real money)'),
  wechat: words('微信支付', 'WeChat Pay'),
  alipay: words('支付宝', 'Alipay'),
  cash: words('现金', 'cash'),
  bank_transfer: words('银行转账', 'bank transfer'),
  offline: words('线下收款', 'by hand'),
};
