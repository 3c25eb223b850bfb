import { Body, Controller, Get, Headers, Param, Put, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { EnterCharityReceipt, ReadPayerReceipt, ReceiptPrinter } from '@hehuo/book';
import type { Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { LanguageQuery, languageOf } from './book.dto.js';
import { CharityReceiptBody, CharityReceiptView } from './payer-receipts.dto.js';

/** Setting a page costs a tenth of a second of this process. */
const printsPerMinute = 20;

@ApiTags('payments')
@ApiBearerAuth()
@Controller('v1/charges/:id')
export class PayerReceiptsController {
  constructor(
    private readonly receipts: ReadPayerReceipt,
    private readonly printer: ReceiptPrinter,
    private readonly charity: EnterCharityReceipt,
  ) {}

  @Get('receipt.pdf')
  @Policy('payer-receipt.read-own', { requestsPerMinute: printsPerMinute })
  @ApiProduces('application/pdf')
  @ApiOperation({ summary: 'a receipt of my payment, to print; it is not a tax receipt' })
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async print(
    @Who() actor: Actor,
    @Param('id', IdOf('chg')) chargeId: Id<'chg'>,
    @Query() { lang }: LanguageQuery,
    @Headers('accept-language') header?: string,
  ): Promise<StreamableFile> {
    const receipt = await this.receipts.execute({ actor, chargeId });
    const pdf = await this.printer.print(receipt, { language: languageOf(lang, header) });
    return new StreamableFile(pdf, {
      type: 'application/pdf',
      length: pdf.length,
      disposition: `inline; filename="receipt-${receipt.number}.pdf"`,
    });
  }

  @Put('charity-receipt')
  @Policy('charity-receipt.enter')
  @ApiOperation({ summary: 'enter or correct the number of the receipt that the charity itself issued' })
  @ApiOkResponse({ type: CharityReceiptView })
  async enter(
    @Who() actor: Actor,
    @Param('id', IdOf('chg')) chargeId: Id<'chg'>,
    @Body() { number, issuer, issuedOn }: CharityReceiptBody,
  ): Promise<CharityReceiptView> {
    return { chargeId, ...(await this.charity.execute({ actor, chargeId, number, issuer, issuedOn })) };
  }
}
