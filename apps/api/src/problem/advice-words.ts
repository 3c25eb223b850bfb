import { fenToYuan } from '@hehuo/kernel';

export type Details = Readonly<Record<string, unknown>>;

/** What to do, in words that an old neighbour understands; a function where `details` fill it in. */
export type Advice = string | ((details: Details) => string);

/** For refusals that pass by themselves. */
export const wait =
  (then: string): Advice =>
  (details) => {
    const { retryAfterSeconds: seconds } = details;
    return typeof seconds === 'number' ? `请等${lengthOf(seconds)}${then}` : `请稍等${then}`;
  };

/** Fen, as they stand in details, in yuan. */
export function yuan(fen: unknown): string {
  return fenToYuan(BigInt(String(fen)));
}

function lengthOf(seconds: number): string {
  if (seconds < 120) return ` ${seconds} 秒`;
  if (seconds < 7_200) return ` ${Math.ceil(seconds / 60)} 分钟`;
  return ` ${Math.ceil(seconds / 3_600)} 小时`;
}
