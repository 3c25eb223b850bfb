import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { held, reasonWords, type Book, type BookPage, type Payer, type PublicLine } from '@hehuo/book';
import { preferredLanguage, type Language } from '../http/language.js';
import { PageQuery } from '../http/paging.js';
import { Optional } from '../http/validators.js';

export const LANGUAGES = ['zh-CN', 'en'] as const satisfies readonly Language[];
const instant = { type: String, format: 'date-time' } as const;
const fen = { type: String, example: '5000', description: 'fen' } as const;

export class BookQuery extends PageQuery {
  @Optional({ enum: LANGUAGES, description: 'instead of Accept-Language' })
  @IsIn(LANGUAGES)
  lang?: Language;
}

export class LanguageQuery {
  @Optional({ enum: LANGUAGES, description: 'instead of Accept-Language' })
  @IsIn(LANGUAGES)
  lang?: Language;
}

export function languageOf(lang: Language | undefined, header: string | undefined): Language {
  return lang ?? preferredLanguage(header);
}

export class BookTotals {
  @ApiProperty(fen) received!: string;
  @ApiProperty(fen) returned!: string;
  @ApiProperty(fen) spent!: string;
  @ApiProperty({ ...fen, description: 'received less returned less spent: what the custodian holds, in fen' })
  held!: string;
  @ApiProperty({ type: String, example: '12' }) lines!: string;
}

export class PayerView {
  @ApiProperty({ enum: ['named', 'anonymous'] }) kind!: string;
  @ApiProperty({
    example: '王**',
    description: 'masked, unless the person agreed to the full name; "匿名邻居" for an anonymous neighbour',
  })
  name!: string;
}

export class BookLineView {
  @ApiProperty({ example: 'bln_01…' }) id!: string;
  @ApiProperty({ type: String, example: '12', description: 'place in this book, from 1' }) number!: string;
  @ApiProperty(instant) at!: string;
  @ApiProperty({ enum: ['in', 'out'] }) direction!: 'in' | 'out';
  @ApiProperty({ enum: ['received', 'returned', 'spent'] }) flow!: string;
  @ApiProperty(fen) amount!: string;
  @ApiProperty({ example: 'charge-paid', description: 'the word of the ledger' }) reason!: string;
  @ApiProperty({ example: '收到出资' }) what!: string;
  @ApiProperty({ type: String, nullable: true, example: 'cmp_01…' }) campaignId!: string | null;
  @ApiProperty({ type: String, nullable: true }) voucher!: string | null;
  @ApiProperty({ type: PayerView, nullable: true }) payer!: PayerView | null;
  @ApiProperty({ ...fen, description: 'what is held after this line, in fen' }) balance!: string;
  @ApiProperty({ type: 'integer', description: 'questions about this line' }) challenges!: number;
  @ApiProperty({ type: 'integer', description: 'of these, not ended' }) challengesLive!: number;
}

export class BookView {
  @ApiProperty({ type: BookTotals }) totals!: BookTotals;
  @ApiProperty({ type: [BookLineView], description: 'newest first' }) items!: BookLineView[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

export function totalsView({ head }: BookPage): BookTotals {
  return {
    received: head.received.toString(),
    returned: head.returned.toString(),
    spent: head.spent.toString(),
    held: held(head).toString(),
    lines: head.seq.toString(),
  };
}

export function payerName(payer: Payer, language: Language): string | null {
  if (payer.kind === 'none') return null;
  if (payer.kind === 'named') return payer.name;
  return language === 'en' ? 'anonymous neighbour' : '匿名邻居';
}

export function placeOf({ line }: PublicLine, book: Book) {
  return ('campaignId' in book ? line.campaign : null) ?? line.community;
}

export function bookLineView(public_: PublicLine, book: Book, language: Language): BookLineView {
  const { line, payer, voucher, challenges } = public_;
  const { seq, balance } = placeOf(public_, book);
  const name = payerName(payer, language);
  return {
    id: line.id,
    number: seq.toString(),
    at: line.at.toISOString(),
    direction: line.flow === 'received' ? 'in' : 'out',
    flow: line.flow,
    amount: line.amount.toString(),
    reason: line.reason,
    what: reasonWords(line)[language],
    campaignId: line.campaign?.owner ?? null,
    voucher,
    payer: name === null ? null : { kind: payer.kind, name },
    balance: balance.toString(),
    challenges: challenges.all,
    challengesLive: challenges.live,
  };
}
