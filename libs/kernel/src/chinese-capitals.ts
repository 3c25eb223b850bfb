const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const MYRIADS = ['', '万', '亿', '万亿'];

/**
 * Fen as Chinese capitals for documents, as the rules for filling in bills and vouchers write them: `伍拾元整`,
 * `壹仟零伍元贰角整`, `叁元零肆分`. Throws above what four myriads of yuan can say (10^18 fen) and below zero.
 */
export function chineseCapitals(fen: bigint): string {
  if (fen < 0n || fen >= 10n ** 18n) throw new RangeError('from 0 fen to less than 10^18 fen');
  const yuan = fen / 100n;
  const [jiao, rest] = [Number((fen / 10n) % 10n), Number(fen % 10n)];
  const head = yuan === 0n ? '' : `${wholeOf(yuan.toString())}元`;
  if (jiao === 0 && rest === 0) return `${head || '零元'}整`;
  const tenths = jiao > 0 ? `${DIGITS.charAt(jiao)}角` : head === '' ? '' : '零';
  return head + tenths + (rest > 0 ? `${DIGITS.charAt(rest)}分` : '整');
}

/** Groups of four digits, each with its name; one 零 stands for any number of noughts between two digits. */
function wholeOf(digits: string): string {
  let text = '';
  let isGap = false;
  const groups = Math.ceil(digits.length / 4);
  const padded = digits.padStart(groups * 4, '0');
  for (let group = 0; group < groups; group += 1) {
    const four = padded.slice(group * 4, group * 4 + 4);
    for (let place = 0; place < 4; place += 1) {
      const digit = Number(four.charAt(place));
      if (digit === 0) {
        isGap = true;
        continue;
      }
      text += (isGap && text !== '' ? '零' : '') + DIGITS.charAt(digit) + PLACES[3 - place]!;
      isGap = false;
    }
    if (four !== '0000') text += nameOf(groups - 1 - group, padded);
  }
  return text;
}

// 万亿 says 亿 once more only where nothing follows that says it.
function nameOf(index: number, padded: string): string {
  if (index !== 3) return MYRIADS[index]!;
  const following = padded.slice(-12, -8);
  return following === '0000' ? '万亿' : '万';
}
