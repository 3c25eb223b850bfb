import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, Matches } from 'class-validator';
import { Optional } from '../http/validators.js';

const refsMax = 20;

export class StreamQuery {
  @Optional({
    type: [String],
    description: `ids of the objects to hear about, at most ${refsMax}; everything when left out`,
  })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value))
  @IsArray()
  @ArrayMaxSize(refsMax)
  @Matches(/^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$/, { each: true, message: 'must be an id, such as cmp_…' })
  ref: string[] = [];
}
