import { isPicture } from './picture.js';

const EMERGENCY = /(?<![\d.])(?:110|119|120|122)(?!\d|\.\d|\s*[元块万个名人次天])/g;
const TELEPHONE = /(?<![\d.])(?:96110|12\d{3}|95\d{3}|10699000)(?!\d|\.\d|\s*[元块万个名人次天])/g;
const DIGITS = '零一二三四五六七八九';

/** @param {string} digits */
const spell = (digits) => Array.from(digits, (digit) => DIGITS[Number(digit)]).join('');

/**
 * A text as it is read aloud, line by line, because browsers break off long utterances: telephone numbers digit by
 * digit as announcers say them (110 is 幺幺零, 96110 is 九六一一零), and no addresses of pictures.
 * @param {string} text
 */
export function aloud(text) {
  return text
    .split('\n')
    .filter((line) => line.trim() && !isPicture(line))
    .map((line) =>
      line
        .replace(EMERGENCY, (digits) => spell(digits).replaceAll('一', '幺'))
        .replace(TELEPHONE, spell)
        .replace(/[【】]/g, '，'),
    );
}
