const DIGITS = '零一二三四五六七八九';
const PLACES = ['', '十', '百', '千'];
const GROUPS = ['', '万', '亿', '万亿'];
/** Beyond 9999 万亿 nobody says a number as a number. */
const LONGEST_NUMBER = 16;

/** 96110 → 九六一一零. Anything but an ASCII digit stays. */
export function digitByDigit(text: string): string {
  return text.replace(/[0-9]/g, (digit) => DIGITS[Number(digit)] ?? '');
}

/** 3000 → 三千, 2.5 → 二点五, 20000 → 两万; a number too long to be said so comes digit by digit. */
export function asNumber(text: string): string {
  const [whole = '', part = ''] = text.split('.');
  return part === '' ? wholeNumber(whole, '两') : `${wholeNumber(whole, '二')}点${digitByDigit(part)}`;
}

/** @param leadingTwo how a two is said at the front of thousands and above: 两千, but 百分之二 and 二点五 */
function wholeNumber(text: string, leadingTwo: string): string {
  const digits = text.replace(/^0+(?=\d)/, '');
  if (digits.length > LONGEST_NUMBER) return digitByDigit(digits);
  if (digits === '0') return '零';
  const groups = groupsOf(digits);
  let words = '';
  let gap = false;
  groups.forEach((group, i) => {
    const value = Number(group);
    if (value === 0) {
      gap = true;
      return;
    }
    if (words !== '' && (gap || value < 1000)) words += '零';
    words += belowTenThousand(value) + (GROUPS[groups.length - 1 - i] ?? '');
    gap = false;
  });
  return words.replace(/^一十/, '十').replace(/^二(?=[千万亿])/, leadingTwo);
}

/** Groups of four digits from the right, the first one as short as it comes. */
function groupsOf(digits: string): readonly string[] {
  const first = digits.length % 4;
  const rest = digits.slice(first).match(/\d{4}/g) ?? [];
  return first === 0 ? rest : [digits.slice(0, first), ...rest];
}

function belowTenThousand(value: number): string {
  let words = '';
  let gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(value / 10 ** place) % 10;
    if (digit === 0) gap = words !== '';
    else {
      words += (gap ? '零' : '') + DIGITS[digit] + PLACES[place];
      gap = false;
    }
  }
  return words;
}
