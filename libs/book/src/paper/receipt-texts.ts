import { chineseCapitals, fenToYuan } from '@hehuo/kernel';
import { METHOD_WORDS } from '../domain/words.js';
import type { PayerReceipt, ReceiptLanguage } from '../domain/payer-receipt.js';

export interface ReceiptTexts {
  readonly title: string;
  readonly number: string;
  /** What the paper is not, right below its title. */
  readonly warning: string;
  readonly rows: readonly (readonly [label: string, value: string])[];
  readonly charityTitle: string;
  readonly charityRows: readonly (readonly [label: string, value: string])[];
  readonly stamp: string;
  readonly printed: string;
}

/** Everything that is printed, in one language. Sums are digits and, in either language, Chinese capitals. */
export function textsOf(receipt: PayerReceipt, language: ReceiptLanguage): ReceiptTexts {
  return language === 'en' ? english(receipt) : chinese(receipt);
}

function yuan(fen: bigint): string {
  return `¥${fenToYuan(fen)}`;
}

function optional(label: string, value: string | null): readonly (readonly [string, string])[] {
  return value === null || value === '' ? [] : [[label, value]];
}

function methodOf({ method }: PayerReceipt, language: ReceiptLanguage): string {
  return METHOD_WORDS[method]?.[language] ?? method;
}

function chinese(receipt: PayerReceipt): ReceiptTexts {
  const { charity, returned, onItsWayBack } = receipt;
  const back = returned > 0n ? `已退还 ${yuan(returned)}（人民币${chineseCapitals(returned)}）` : '无';
  return {
    title: '出资收款凭据',
    number: `编号 ${receipt.number}`,
    warning: '本凭据不是公益事业捐赠票据，也不是发票，不能用于抵税。它只说明钱已到代管方账户。',
    rows: [
      ['付款人', receipt.payerName ?? '（未填写姓名）'],
      ['用于项目', receipt.campaignTitle],
      ['所在社区', receipt.communityName],
      ['收款代管方', receipt.custodian],
      ['金额', `${yuan(receipt.amount)}  人民币${chineseCapitals(receipt.amount)}`],
      ['付款方式', methodOf(receipt, 'zh-CN')],
      ['付款时间', receipt.paidAt],
      ['订单号', receipt.number],
      ...optional('支付机构交易号', receipt.transactionNo),
      ...optional('纸质收据号', receipt.paperNumber),
      ['退款', onItsWayBack ? `${back === '无' ? '' : `${back}；`}有款项正在退还` : back],
    ],
    charityTitle: '公益事业捐赠票据（由慈善组织另行开具）',
    charityRows: [
      ['票据号码', charity?.number ?? ''],
      ['开具单位', charity?.issuer ?? ''],
      ['开具日期', charity?.issuedOn ?? ''],
    ],
    stamp: '代管方盖章',
    printed: `打印时间 ${receipt.printedAt}`,
  };
}

function english(receipt: PayerReceipt): ReceiptTexts {
  const { charity, returned, onItsWayBack } = receipt;
  const back = returned > 0n ? `${yuan(returned)} returned (人民币${chineseCapitals(returned)})` : 'nothing';
  return {
    title: 'Payment receipt',
    number: `No. ${receipt.number}`,
    warning:
      "This is not a tax receipt: neither a donation receipt for public welfare nor an invoice, and of no use for a tax deduction. It only says that the money reached the custodian's account.",
    rows: [
      ['Paid by', receipt.payerName ?? '(no name given)'],
      ['For the campaign', receipt.campaignTitle],
      ['Community', receipt.communityName],
      ['Custodian', receipt.custodian],
      ['Sum', `${yuan(receipt.amount)}  人民币${chineseCapitals(receipt.amount)}`],
      ['Method', methodOf(receipt, 'en')],
      ['Paid at', receipt.paidAt],
      ['Order number', receipt.number],
      ...optional("Gateway's number", receipt.transactionNo),
      ...optional('Number on paper', receipt.paperNumber),
      ['Given back', onItsWayBack ? `${returned > 0n ? `${back}; ` : ''}money is on its way back` : back],
    ],
    charityTitle: 'Donation receipt (issued separately by the charity)',
    charityRows: [
      ['Number', charity?.number ?? ''],
      ['Issued by', charity?.issuer ?? ''],
      ['Issued on', charity?.issuedOn ?? ''],
    ],
    stamp: "Custodian's seal",
    printed: `Printed at ${receipt.printedAt}`,
  };
}
