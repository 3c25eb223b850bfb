import { writeFileSync } from 'node:fs';
import { it, expect } from '@jest/globals';
import { Clock } from '@hehuo/kernel';
import { ReceiptPrinter } from './receipt-printer.js';
class C extends Clock {
  now() {
    return new Date(Date.parse('2026-11-25T02:00:00Z'));
  }
}
it('looks', async () => {
  const r = {
    chargeId: 'chg_1' as const,
    number: 'C01M88V4JV906G4TBXB251Q0VX3',
    payerName: '王小明𠮷',
    campaignTitle:
      '书院雅居三十六户一起把楼道重新刷白并且更换所有坏掉的感应灯和扶手以及后门的门禁系统还有更多',
    communityName: '书院社区',
    custodian: '邛崃市文君街道书院社区居民委员会',
    amount: 123_456n,
    method: 'cash',
    transactionNo: 'T420000123420261125',
    paperNumber: 'No. 88',
    paidAt: '2026-11-24 18:30',
    printedAt: '2026-11-25 10:00',
    returned: 1234n,
    onItsWayBack: true,
    charity: null,
  };
  const p = new ReceiptPrinter(new C());
  writeFileSync('/tmp/look-zh.pdf', await p.print(r, { language: 'zh-CN' }));
  writeFileSync(
    '/tmp/look-en.pdf',
    await p.print(
      { ...r, charity: { number: 'A-1', issuer: '某某基金会', issuedOn: '2026-12-01' } },
      { language: 'en' },
    ),
  );
  expect(1).toBe(1);
});
