import { Readable } from 'node:stream';
import { momentIn, reasonWords, type Book, type BookExport, type Line } from '@hehuo/book';
import { csvLine } from '@hehuo/community';
import { fenToYuan } from '@hehuo/kernel';
import type { Language } from '../http/language.js';
import { payerName, placeOf } from './book.dto.js';

/** A spreadsheet takes a CSV file for UTF-8 only when it begins so. */
const BYTE_ORDER_MARK = '\uFEFF';

const BOOK_HEADER = {
  'zh-CN': [
    '序号',
    '时间',
    '事项',
    '收入（元）',
    '退还（元）',
    '支出（元）',
    '结余（元）',
    '凭证号',
    '付款人',
    '活动',
    '编号',
  ],
  en: [
    'number',
    'time',
    'what',
    'received (yuan)',
    'returned (yuan)',
    'spent (yuan)',
    'held (yuan)',
    'voucher',
    'payer',
    'campaign',
    'line',
  ],
} as const satisfies Record<Language, readonly string[]>;

const STATEMENT_HEADER = {
  'zh-CN': ['序号', '时间', '事项', '收入（元）', '退还（元）', '支出（元）', '结余（元）', '活动', '编号'],
  en: [
    'number',
    'time',
    'what',
    'received (yuan)',
    'returned (yuan)',
    'spent (yuan)',
    'held (yuan)',
    'campaign',
    'line',
  ],
} as const satisfies Record<Language, readonly string[]>;

/** The book as a file, oldest line first, written page by page as it is read: no export is held in memory. */
export function bookCsv({ pages, timeZone }: BookExport, book: Book, language: Language): Readable {
  return Readable.from(
    (async function* () {
      yield BYTE_ORDER_MARK + csvLine(BOOK_HEADER[language]);
      for await (const page of pages) {
        yield page
          .map((public_) => {
            const { line, payer, voucher } = public_;
            const place = placeOf(public_, book);
            const known = [voucher ?? '', payerName(payer, language) ?? ''];
            return csvLine([
              ...front(line, place.seq, timeZone, language),
              ...[fenToYuan(place.balance), ...known, line.campaign?.owner ?? '', line.id],
            ]);
          })
          .join('');
      }
    })(),
  );
}

/** The lines of a frozen month. Without names: what was frozen holds none. */
export function statementCsv(
  { pages, timeZone }: { readonly pages: AsyncIterable<readonly Line[]>; readonly timeZone: string },
  language: Language,
): Readable {
  return Readable.from(
    (async function* () {
      yield BYTE_ORDER_MARK + csvLine(STATEMENT_HEADER[language]);
      for await (const page of pages) {
        yield page
          .map((line) => {
            const { seq, balance } = line.custody!;
            return csvLine([
              ...front(line, seq, timeZone, language),
              ...[fenToYuan(balance), line.campaign?.owner ?? '', line.id],
            ]);
          })
          .join('');
      }
    })(),
  );
}

function front(line: Line, seq: bigint, timeZone: string, language: Language): string[] {
  const sum = fenToYuan(line.amount);
  const column = (flow: Line['flow']) => (line.flow === flow ? sum : '');
  return [
    ...[seq.toString(), momentIn(line.at, timeZone), reasonWords(line)[language]],
    ...[column('received'), column('returned'), column('spent')],
  ];
}
