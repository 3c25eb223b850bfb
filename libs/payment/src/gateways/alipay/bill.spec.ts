import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { isLineList, readBill } from './bill.js';
import { readZip } from './zip.js';

const zip = readFileSync(new URL('./fixtures/bill.zip', import.meta.url));
const limits = { entriesMax: 4, bytesMax: 100_000 };
const texts = readZip(zip, limits).map((content) => new TextDecoder('gbk').decode(content));
const text = texts.find(isLineList) as string;
const seller = '2088000000000001';
const day = '2026-11-25';

describe('a zip file', () => {
  it('of another maker is unpacked, stored and deflated entries alike', () => {
    expect(texts.map((content) => content.split('\r\n')[0])).toEqual([
      '#支付宝业务明细查询',
      '#支付宝业务汇总查询',
    ]);
  });

  it('may be empty and may have a comment', () => {
    const empty = Buffer.concat([Buffer.from('504b0506', 'hex'), Buffer.alloc(18)]);
    expect(readZip(empty, limits)).toEqual([]);
    const remark = Buffer.concat([zip, Buffer.from('hello')]);
    remark.writeUInt16LE(5, zip.length - 2);
    expect(readZip(remark, limits)).toHaveLength(2);
  });

  const edited = (edit: (copy: Buffer) => void): Buffer => {
    const copy = Buffer.from(zip);
    edit(copy);
    return copy;
  };
  const central = zip.readUInt32LE(zip.length - 6);
  it.each<[string, () => Buffer, object]>([
    ['rubbish', () => Buffer.from('no zip at all, but long enough'), {}],
    ['nothing', () => Buffer.alloc(0), {}],
    ['a cut file', () => zip.subarray(0, zip.length - 3), {}],
    ['a file without its beginning', () => zip.subarray(50), {}],
    ['too many entries', () => zip, { entriesMax: 1 }],
    ['too much', () => zip, { bytesMax: 100 }],
    ['a wrong sum', () => edited((copy) => copy.writeUInt32LE(1, central + 16)), {}],
    ['a size that is not kept', () => edited((copy) => copy.writeUInt32LE(100, central + 24)), {}],
    ['a lock', () => edited((copy) => copy.writeUInt16LE(1, central + 8)), {}],
    ['another packing', () => edited((copy) => copy.writeUInt16LE(12, central + 10)), {}],
    ['a place outside', () => edited((copy) => copy.writeUInt32LE(0x7fffffff, central + 42)), {}],
    ['a broken directory', () => edited((copy) => copy.writeUInt32LE(0, central)), {}],
    ['damaged content', () => edited((copy) => copy.writeUInt32LE(0xffffffff, 200)), {}],
  ])('with %s is refused', (_, make, narrow) => {
    expect(() => readZip(make(), { ...limits, ...narrow })).toThrow(/zip|file/);
  });

  it('that claims to be small and is not does not fill the memory', () => {
    const content = Buffer.from('x');
    expect(crc32(content)).toBe(0x8cdc1683);
    expect(() =>
      readZip(
        edited((copy) => copy.writeUInt32LE(10, central + 24)),
        limits,
      ),
    ).toThrow('unpacked');
  });
});

describe('a bill', () => {
  it('is read to the fen, ours by our numbers and strangers without', () => {
    const trade = {
      orderNumber: 'C01hxyz0123456789abcdefghjk',
      gatewayNumber: '2026112522001400000000000001',
    };
    expect(readBill(text, seller, day)).toEqual([
      {
        ...{
          kind: 'payment',
          ...trade,
          ourNumber: trade.orderNumber,
          amount: 8_888n,
          incoming: true,
          fee: 53n,
        },
        at: new Date('2026-11-25T04:34:56Z'),
      },
      {
        ...{ kind: 'refund', ...trade, ourNumber: 'R01hxyz0123456789abcdefghjk', amount: 3_000n },
        ...{ incoming: false, fee: -18n, at: new Date('2026-11-25T05:00:00Z') },
      },
      {
        ...{ kind: 'payment', ourNumber: null, orderNumber: null, amount: 500n, incoming: true, fee: 0n },
        ...{ gatewayNumber: '2026112522001400000000000002', at: new Date('2026-11-25T15:59:59Z') },
      },
    ]);
  });

  it.each<[string, (bill: string) => string]>([
    ['another title', (bill) => bill.replace('明细查询', '汇总查询')],
    ['another account', (bill) => bill.replace('[2088', '[2089')],
    ['a missing line', (bill) => bill.replace(/\r\n[^\r]*退款\t[^\r]*/, '')],
    ['no end', (bill) => bill.slice(0, bill.indexOf('#---', 400))],
    ['a column less', (bill) => bill.replace('服务费（元）', '费用')],
    ['a sum of three decimals', (bill) => bill.replace(',88.88,88.88,', ',88.888,88.888,')],
    ['a line of another day', (bill) => bill.replace('2026-11-25 12:34:56', '2026-11-24 12:34:56')],
    ['a line without instants', (bill) => bill.replace('2026-11-25 12:34:56', 'noon')],
    ['a cut line', (bill) => bill.replace(/,0\.00,0\.00,\r\n#/, '\r\n#')],
    ['no totals', (bill) => bill.replace('#交易合计', '#合计')],
  ])('with %s is refused whole', (_, spoil) => {
    expect(spoil(text)).not.toBe(text);
    expect(() => readBill(spoil(text), seller, day)).toThrow(/bill/);
  });
});
