import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { BOOK_LIMITS } from '@hehuo/book';
import { IsLine } from '../http/validators.js';

export class CharityReceiptBody {
  @ApiProperty({ maxLength: BOOK_LIMITS.receiptNumberCharactersMax })
  @IsLine({ max: BOOK_LIMITS.receiptNumberCharactersMax })
  number!: string;

  @ApiProperty({ maxLength: BOOK_LIMITS.issuerCharactersMax, description: 'the charity that issued it' })
  @IsLine({ max: BOOK_LIMITS.issuerCharactersMax })
  issuer!: string;

  @ApiProperty({ type: String, format: 'date', example: '2026-11-25' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'must be a day as YYYY-MM-DD' })
  issuedOn!: string;
}

export class CharityReceiptView extends CharityReceiptBody {
  @ApiProperty({ example: 'chg_01…' }) chargeId!: string;
}
