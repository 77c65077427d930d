import { Converter } from 'opencc-js/t2cn';
import { LOOKALIKES } from './lookalikes.ts';
import type { Trail } from './trail.ts';

/**
 * The first step, character by character: full width to half width, capitals to small letters, traditional to
 * simplified, accents off (`jī` → `ji`), quotation marks and invisible characters away. One character is folded
 * without its neighbours, so that the map to the original stays exact; Taiwan's words are left to `variants.yml`.
 */
export function fold(original: string): Trail {
  let text = '';
  const map: number[] = [];
  for (let i = 0; i < original.length; ) {
    const char = String.fromCodePoint(original.codePointAt(i) ?? 0);
    const folded = foldCharacter(char);
    text += folded;
    for (let k = 0; k < folded.length; k += 1) map.push(i);
    i += char.length;
  }
  map.push(original.length);
  return { text, map };
}

/** The same for words of the knowledge base, where no map is needed. */
export function foldWord(word: string): string {
  return fold(word).text;
}

const simplify = Converter({ from: 't', to: 'cn' });
const INVISIBLE = /[\p{Cf}\p{Mn}\p{Me}\p{Variation_Selector}\p{Cs}]/u;
const CONTROL = /\p{Cc}/u;
const QUOTES = new Set('"\'“”‘’「」『』〝〞＂＇`´');
const known = new Map<string, string>();
/** Common characters are few; a flood of rare ones must not grow the memory. */
const MOST_KNOWN = 20_000;

function foldCharacter(char: string): string {
  const before = known.get(char);
  if (before !== undefined) return before;
  const folded = foldUnknown(char);
  if (known.size < MOST_KNOWN) known.set(char, folded);
  return folded;
}

function foldUnknown(char: string): string {
  if (QUOTES.has(char) || INVISIBLE.test(char)) return '';
  if (char === '\n' || char === '\r') return '\n';
  if (CONTROL.test(char)) return ' ';
  const plain = (LOOKALIKES.get(char) ?? char).normalize('NFKC').toLowerCase();
  const letters = plain.normalize('NFD').replace(/\p{Mn}/gu, '');
  return simplify(letters);
}
