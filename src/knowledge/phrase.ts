/**
 * The phrase language of `knowledge/`, for people who do not program (see `knowledge/README.md`, section 三).
 *
 * A phrase is a row of pieces with a distance between neighbours. A piece is a choice of words or slots. There is no
 * repetition, so a phrase cannot explode: matching costs at most
 * (occurrences of its words) × (pieces).
 */
export interface Piece {
  readonly choices: readonly Choice[];
  /** How far this piece may stand behind the former one; `undefined` for the first. */
  readonly gap: Gap | undefined;
}

export type Choice = { readonly word: string } | { readonly slot: string };

export interface Gap {
  readonly max: number;
  readonly acrossSentences: boolean;
}

export const DEFAULT_GAP: Gap = { max: 12, acrossSentences: false };
const WIDE_GAP: Gap = { max: 40, acrossSentences: true };
const ADJACENT: Gap = { max: 0, acrossSentences: true };
const LONGEST_GAP = 60;

/** Words that the normaliser's scanners find; written like slots. */
export const BUILT_IN_SLOTS = ['金额', '网址', '手机号', '数字码', '卡号'] as const;
export const START_SLOT = '^';
export const END_SLOT = '$';

export class PhraseFault extends Error {
  override readonly name = 'PhraseFault';
  readonly cure: string;

  constructor(what: string, cure: string) {
    super(what);
    this.cure = cure;
  }
}

/**
 * Parses one phrase into its variants: an optional part `[…]` gives one variant with and one without; a group with an
 * alternative that is more than one word or slot, such as `(借钱|借{金额}|少(单|笔))`, gives one variant for each of those.
 */
export function parsePhrase(text: string): readonly (readonly Piece[])[] {
  const variants = withAndWithout(text).flatMap((variant) => eachAlternative(variant, text));
  if (variants.length > MOST_VARIANTS) {
    throw new PhraseFault(
      `短语“${text}”一展开有 ${variants.length} 种，太多`,
      `最多 ${MOST_VARIANTS} 种：几个连着的 [甲][乙] 改成 [甲|乙]，或拆成几条短语`,
    );
  }
  return variants.map(parseVariant);
}

const MOST_VARIANTS = 64;

function withAndWithout(text: string): readonly string[] {
  const parts = text.split(/\[([^[\]]*)\]/);
  if (/[[\]]/.test(parts.filter((_, i) => i % 2 === 0).join(''))) {
    throw new PhraseFault(`短语“${text}”的方括号不成对`, '可有可无的部分写成 [甲]，里面不要再套方括号');
  }
  let variants = [''];
  parts.forEach((part, i) => {
    const choice = part.includes('|') && !part.includes('(') ? `(${part})` : part;
    variants =
      i % 2 === 0 ? variants.map((v) => v + part) : variants.slice(0, MOST_VARIANTS).flatMap((v) => [v + choice, v]);
  });
  return [...new Set(variants)];
}

/** One word, or one slot: what a group can hold without being taken apart. */
const SIMPLE_CHOICE = /^(?:[^{}…()]+|\{[^{}]+\})$/u;

function eachAlternative(variant: string, phrase: string, from = 0): readonly string[] {
  const group = outermostGroup(variant, phrase, from);
  if (!group) return [variant];
  if (group.choices.includes(''))
    throw new PhraseFault(`短语“${phrase}”的括号里有空的一项`, '可有可无写成 [甲]；多余的竖线去掉');
  const simple = group.choices.filter((one) => SIMPLE_CHOICE.test(one));
  const others = group.choices.filter((one) => !SIMPLE_CHOICE.test(one));
  if (others.length === 0) return eachAlternative(variant, phrase, group.end);
  const [before, after] = [variant.slice(0, group.start), variant.slice(group.end)];
  const kept = simple.length > 0 ? [`${before}(${simple.join('|')})${after}`] : [];
  const apart = others.map((part) => before + part + after);
  const expanded = [...kept, ...apart].flatMap((one) => eachAlternative(one, phrase, group.start));
  return expanded.slice(0, MOST_VARIANTS + 1);
}

/** The first group at or behind `from`, with its alternatives, groups inside them left whole. */
function outermostGroup(
  text: string,
  phrase: string,
  from: number,
): { start: number; end: number; choices: readonly string[] } | undefined {
  const start = text.indexOf('(', from);
  if (start < 0) return undefined;
  const choices: string[] = [];
  let depth = 0;
  let begin = start + 1;
  for (let i = start; i < text.length; i += 1) {
    const sign = text[i];
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if ((sign === '|' && depth === 1) || depth === 0) {
      choices.push(text.slice(begin, i));
      begin = i + 1;
    }
    if (depth === 0) return { start, end: i + 1, choices };
  }
  throw new PhraseFault(`短语“${phrase}”的括号“(”不成对`, '补上另一半括号');
}

const TOKEN = /\{([^{}]*)\}|\(([^()]*)\)|(……|…+\d*)|([\^$])|([^{}()…^$]+)|([{}()])/gu;

function parseVariant(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let gap: Gap | undefined = ADJACENT;
  const add = (choices: readonly Choice[]): void => {
    pieces.push({ choices, gap: pieces.length === 0 ? undefined : gap });
    gap = ADJACENT;
  };
  for (const [, slot, group, dots, edge, word, stray] of text.matchAll(TOKEN)) {
    if (stray !== undefined) throw new PhraseFault(`短语“${text}”的括号“${stray}”不成对`, '补上另一半括号');
    if (slot !== undefined) add([{ slot: slotName(slot, text) }]);
    else if (group !== undefined) add(parseChoices(group, text));
    else if (edge !== undefined) add([{ slot: edge }]);
    else if (dots !== undefined) gap = parseGap(dots, text);
    else if (word !== undefined) add([{ word: plainWord(word, text) }]);
  }
  if (pieces.length === 0) throw new PhraseFault(`短语“${text}”是空的`, '写上要找的字，或删掉这一行');
  if (gap !== ADJACENT) throw new PhraseFault(`短语“${text}”以省略号结尾`, '省略号后面写上要找的字，或去掉省略号');
  return pieces;
}

function slotName(name: string, phrase: string): string {
  if (name === '') throw new PhraseFault(`短语“${phrase}”里有空的 {}`, '写上词表的名字，例如 {机关}');
  return name;
}

function parseChoices(group: string, phrase: string): readonly Choice[] {
  return group.split('|').map((choice): Choice => {
    const slot = /^\{([^{}]+)\}$/.exec(choice);
    return slot?.[1] === undefined ? { word: plainWord(choice, phrase) } : { slot: slot[1] };
  });
}

/** Signs of a regular expression, which this language deliberately is not. */
const REGEX_SIGNS = /[\\*+?？]|\.\{/;

function plainWord(word: string, phrase: string): string {
  if (REGEX_SIGNS.test(word)) {
    throw new PhraseFault(
      `短语“${phrase}”里像是正则表达式`,
      '用 … 表示隔几个字，用 (甲|乙) 表示任选，用 [甲] 表示可有可无',
    );
  }
  return word;
}

function parseGap(dots: string, phrase: string): Gap {
  if (dots === '……') return WIDE_GAP;
  const digits = /^…(\d+)$/.exec(dots)?.[1];
  if (digits === undefined) {
    if (dots === '…') return DEFAULT_GAP;
    throw new PhraseFault(`短语“${phrase}”的省略号“${dots}”看不懂`, '写 … 、…20（最多 20 个字）或 ……（可以跨句）');
  }
  const max = Number(digits);
  if (max < 1 || max > LONGEST_GAP) {
    throw new PhraseFault(`短语“${phrase}”隔 ${max} 个字`, `写 1 到 ${LONGEST_GAP} 之间的数`);
  }
  return { max, acrossSentences: false };
}
