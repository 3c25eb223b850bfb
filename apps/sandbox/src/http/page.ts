import { createHash } from 'node:crypto';
import type { OrderRecord } from '../books/books.js';

export type Language = 'zh' | 'en';
/** What the page says: the order waits, was paid, was closed, the payer stepped back, or the gateway refused. */
export type PageState = 'open' | 'paid' | 'closed' | 'cancelled' | 'refused';

const style = `
:root{color-scheme:light dark;--ink:#1d2a26;--paper:#fff;--soft:#5a6a64;--line:#d5ddd9;--act:#0b6b4f;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#e8efec;--paper:#141a18;--soft:#a5b3ad;--line:#38443f;--act:#5fd0a8;--on:#0b1512}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:26rem;margin:0 auto;padding:1.5rem 1rem}
header{display:flex;justify-content:space-between;gap:1rem;color:var(--soft);font-size:.875rem}
h1{font-size:1.375rem;margin:1.5rem 0 .5rem}
.sum{font-size:2.25rem;font-weight:600;margin:.5rem 0;font-variant-numeric:tabular-nums}
dl{border-block:1px solid var(--line);padding:.75rem 0;margin:1rem 0}
dt{color:var(--soft);font-size:.875rem}
dd{margin:0 0 .5rem;overflow-wrap:anywhere}
form{margin:.75rem 0}
button,.back{display:block;width:100%;min-height:3rem;padding:.6rem 1rem;border:1px solid var(--act);border-radius:.5rem;font:inherit;text-align:center;text-decoration:none;cursor:pointer;background:transparent;color:var(--act)}
button.act{background:var(--act);color:var(--on)}
a{color:var(--act)}
:focus-visible{outline:3px solid var(--act);outline-offset:3px}
.note{color:var(--soft);font-size:.875rem}
`;

/** No script at all, one known style sheet, forms only to ourselves, no frame around us. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const texts = {
  zh: {
    tag: 'zh-CN',
    sandbox: '沙箱收银台',
    notice: '这是演示环境，不会产生真实扣款。',
    switchTo: 'English',
    titles: {
      open: '确认付款',
      paid: '付款成功',
      closed: '订单已关闭',
      cancelled: '您已取消付款',
      refused: '付款未成功',
    },
    details: {
      open: '请核对以下信息后付款。',
      paid: '款项已记入沙箱账簿。',
      closed: '订单已关闭或已过期，不能再付款。',
      cancelled: '没有扣款。订单到期之前，您仍然可以付款。',
      refused: '支付网关没有受理这次付款，请稍后再试。',
    },
    item: '付款事项',
    number: '订单号',
    pay: '付款',
    cancel: '取消',
    again: '继续付款',
    back: '返回',
    lost: '找不到这个订单',
    lostDetail: '付款链接无效或不完整。',
  },
  en: {
    tag: 'en',
    sandbox: 'Sandbox checkout',
    notice: 'This is a demonstration: no real money moves.',
    switchTo: '中文',
    titles: {
      open: 'Confirm payment',
      paid: 'Payment received',
      closed: 'Order closed',
      cancelled: 'You cancelled the payment',
      refused: 'Payment not accepted',
    },
    details: {
      open: 'Please check the details below before you pay.',
      paid: 'The sum is in the books of the sandbox.',
      closed: 'The order is closed or expired and can no longer be paid.',
      cancelled: 'Nothing was charged. You can still pay until the order expires.',
      refused: 'The gateway did not accept this payment. Please try again later.',
    },
    item: 'Payment for',
    number: 'Order number',
    pay: 'Pay',
    cancel: 'Cancel',
    again: 'Back to payment',
    back: 'Return',
    lost: 'Order not found',
    lostDetail: 'The payment link is invalid or incomplete.',
  },
} as const;

/** Everything from outside goes through here before it enters the page. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' };
  return text.replace(/[&<>"']/g, (character) => `&${names[character]};`);
}

/** `123456789n` → `¥1,234,567.89`; digits only, no floating point. */
export function formatYuan(amountFen: bigint): string {
  const digits = String(amountFen).padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `¥${yuan}.${digits.slice(-2)}`;
}

export function payPage(order: OrderRecord, state: PageState, language: Language): string {
  const text = texts[language];
  const path = `/pay/${order.orderNo}`;
  const other: Language = language === 'zh' ? 'en' : 'zh';
  const link = (to: Language, extra = ''): string =>
    escapeHtml(`${path}?token=${order.payToken}&lang=${to}${extra}`);
  const hidden = `<input type="hidden" name="token" value="${escapeHtml(order.payToken)}"><input type="hidden" name="lang" value="${language}">`;
  const forms =
    `<form method="post" action="${path}">${hidden}<button class="act">${text.pay}</button></form>` +
    `<form method="post" action="${path}/cancel">${hidden}<button>${text.cancel}</button></form>`;
  const again =
    state === 'cancelled' || state === 'refused'
      ? `<p><a class="back" href="${link(language)}">${text.again}</a></p>`
      : '';
  const back =
    state !== 'open' && order.returnUrl
      ? `<p><a class="back" href="${escapeHtml(order.returnUrl)}" rel="noreferrer">${text.back}</a></p>`
      : '';
  const note = state === 'open' ? '' : ' role="status"';
  const body = `<h1>${text.titles[state]}</h1>
<p${note}>${text.details[state]}</p>
<p class="sum">${formatYuan(order.amountFen)}</p>
<dl><dt>${text.item}</dt><dd>${escapeHtml(order.description)}</dd><dt>${text.number}</dt><dd>${order.orderNo}</dd></dl>
${state === 'open' ? forms : ''}${again}${back}`;
  const switchLink = `<a href="${link(other, state === 'cancelled' ? '&cancelled=1' : '')}" lang="${texts[other].tag}">${text.switchTo}</a>`;
  return frame(language, text.titles[state], switchLink, body);
}

/** One page for a wrong number and for a wrong token, so that nobody learns which orders exist. */
export function lostPage(language: Language): string {
  const text = texts[language];
  return frame(language, text.lost, '', `<h1>${text.lost}</h1><p>${text.lostDetail}</p>`);
}

function frame(language: Language, title: string, switchLink: string, body: string): string {
  const text = texts[language];
  return `<!doctype html>
<html lang="${text.tag}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title} · ${text.sandbox}</title><style>${style}</style></head>
<body><main><header><span>${text.sandbox}</span>${switchLink}</header>
${body}
<p class="note">${text.notice}</p></main></body></html>
`;
}
