import { ApiProperty } from '@nestjs/swagger';

/** The same said in both languages. */
export class WordsView {
  @ApiProperty() 'zh-CN'!: string;
  @ApiProperty() en!: string;
}
