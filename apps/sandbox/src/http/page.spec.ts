import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { order, TestBed } from '../../test/harness.js';
import { escapeHtml, formatYuan } from './page.js';

const bed = new TestBed();
beforeAll(() => bed.start());
afterAll(() => bed.stop());

async function open(orderNo: string, part: Record<string, unknown> = {}) {
  const { body } = await bed.call('POST', '/orders', order(orderNo, part));
  const payUrl = String(body['payUrl']);
  return { payUrl, token: new URL(payUrl).searchParams.get('token') ?? '' };
}

function submit(path: string, fields: Record<string, string>) {
  return fetch(bed.url + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
}

describe('pay page', () => {
  it('shows what is paid for and how much, in Chinese or English, with two plain forms', async () => {
    const { payUrl } = await open('A1', { amountFen: '123456789' });
    const response = await fetch(payUrl);
    const page = await response.text();
    expect(page).toContain('<html lang="zh-CN">');
    for (const text of ['楼道粉刷', '¥1,234,567.89', '付款', '取消', 'A1']) expect(page).toContain(text);
    expect(page.match(/<form method="post" action="([^"]*)"/g)).toHaveLength(2);
    const english = await (await fetch(`${payUrl}&lang=en`)).text();
    expect(english).toContain('<html lang="en">');
    expect(english).toContain('>Pay</button>');
  });

  it('runs no script, takes only its own style, keeps its address to itself', async () => {
    const { payUrl } = await open('A2');
    const { headers, ...response } = await fetch(payUrl).then(async (answer) => ({
      headers: answer.headers,
      page: await answer.text(),
    }));
    const policy = headers.get('content-security-policy') ?? '';
    const style = /<style>([\s\S]*?)<\/style>/.exec(response.page)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|script-src/);
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(response.page).not.toMatch(/<script|style="|\son\w+=/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('pays once and leads back', async () => {
    const { payUrl, token } = await open('A3', { returnUrl: 'https://example.org/c?a=1&b="2"' });
    const answer = await submit('/pay/A3', { token, lang: 'zh' });
    expect(answer.status).toBe(303);
    const result = await (await fetch(bed.url + String(answer.headers.get('location')))).text();
    expect(result).toContain('付款成功');
    expect(result).toContain('href="https://example.org/c?a=1&amp;b=&quot;2&quot;"');
    expect(result).not.toContain('<form');
    expect((await bed.call('GET', '/orders/A3')).body['state']).toBe('paid');
    expect((await submit('/pay/A3', { token })).status).toBe(303);
    expect((await bed.call('GET', '/books/totals')).body['paidFen']).toBe('5000');
    expect(await (await fetch(payUrl)).text()).toContain('付款成功');
  });

  it('cancels without touching the books', async () => {
    const { token } = await open('A4');
    const answer = await submit('/pay/A4/cancel', { token, lang: 'en' });
    const page = await (await fetch(bed.url + String(answer.headers.get('location')))).text();
    expect(page).toContain('You cancelled the payment');
    expect(page).toContain('Back to payment');
    expect((await bed.call('GET', '/orders/A4')).body['state']).toBe('open');
  });

  it('refuses a closed order, unless the late switch is on', async () => {
    const { payUrl, token } = await open('A5');
    await bed.call('POST', '/orders/A5/close');
    expect(await (await fetch(payUrl)).text()).not.toContain('<form');
    const refused = await submit('/pay/A5', { token });
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('订单已关闭');
    await bed.faults({ match: { operation: 'pay' }, fault: 'late-success' });
    expect(await (await fetch(payUrl)).text()).toContain('<form');
    expect((await submit('/pay/A5', { token })).status).toBe(303);
    await bed.call('DELETE', '/faults');
  });

  it('opens to nobody without the token, and does not tell which orders exist', async () => {
    const { payUrl, token } = await open('A6');
    const pages = await Promise.all(
      [
        payUrl.slice(0, -1),
        `${bed.url}/pay/A6`,
        `${bed.url}/pay/none?token=${token}`,
        `${payUrl}&token=${token}`,
      ].map((url) => fetch(url)),
    );
    expect(pages.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    const [first, ...others] = await Promise.all(pages.map((page) => page.text()));
    expect(others.every((text) => text === first)).toBe(true);
    for (const path of ['/pay/A6', '/pay/A6/cancel']) {
      expect((await submit(path, { token: 'x'.repeat(24) })).status).toBe(404);
      expect((await submit(path, {})).status).toBe(404);
    }
    expect(
      (
        await fetch(`${bed.url}/pay/A6`, {
          method: 'POST',
          body: '{}',
          headers: { 'content-type': 'application/json' },
        })
      ).status,
    ).toBe(415);
    expect((await bed.call('GET', '/orders/A6')).body['state']).toBe('open');
  });

  it('shows an attack as text', async () => {
    const attack = `</dd><script>alert(1)</script><img src=x onerror="alert('2')">&amp;`;
    const { payUrl } = await open('A7', { description: attack });
    const page = await (await fetch(`${payUrl}&lang="><script>`)).text();
    expect(page).not.toMatch(/<script|<img/);
    expect(page).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;2&#39;)&quot;&gt;&amp;amp;',
    );
  });

  it('writes yuan from fen without floating point', () => {
    expect([1n, 10n, 100n, 115n, 99_999n, 100_000n, 999_999_999_999_999n].map(formatYuan)).toEqual([
      ...['¥0.01', '¥0.10', '¥1.00', '¥1.15', '¥999.99', '¥1,000.00', '¥9,999,999,999,999.99'],
    ]);
    expect(escapeHtml(`<&>"'`)).toBe('&lt;&amp;&gt;&quot;&#39;');
  });
});
