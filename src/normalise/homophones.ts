import { NOWHERE, SymbolTree } from '../lib/symbol-tree.ts';
import { type Words, wordsOf } from './dictionary.ts';
import { foldWord } from './fold.ts';
import { readingsOfWord } from './readings.ts';
import { type Sound, soundOf, soundOfSyllable } from './sounds.ts';
import type { Edit } from './trail.ts';

const LONGEST_WORD = 6;

/**
 * Repairs words that are written by sound: 代款 → 贷款, 安全zhang户 → 安全账户, 洗前 → 洗钱. Only towards words of the
 * knowledge base, and only where the written form is not itself a word: the platform's dictionary (Intl.Segmenter) is
 * asked, and `keep` holds what it does not know (脉脉 is not 陌陌).
 *
 * Three and more characters need the same syllables; two characters need the same tones as well, unless the word is one
 * of the core words that swindlers hide most: in the experiment that this grew from, tone-free repair of all words of two
 * characters raised false alarms from 2.8 to 4.3 %.
 */
export function createHomophones(words: Iterable<string>, keep: readonly string[]): (text: string) => readonly Edit[] {
  const index = indexWords(words);
  const kept = keep.map(foldWord);
  return (text) => {
    const tokens = tokenise(text);
    const found: Edit[] = [];
    let dictionary: Words | undefined;
    for (let i = 0; i < tokens.length; ) {
      const repair = longestRepair(tokens, i, text, index);
      if (repair && !('known' in repair)) {
        dictionary ??= wordsOf(text);
        if (
          !isNumber(repair, text) &&
          !dictionary.has(repair) &&
          !dictionary.tornBy(repair) &&
          !insideKept(text, repair, kept)
        ) {
          found.push({ start: repair.start, end: repair.end, to: repair.to });
          i += repair.tokens;
          continue;
        }
      }
      i += repair && 'known' in repair ? repair.known : 1;
    }
    return found;
  };
}

interface Token {
  readonly start: number;
  readonly end: number;
  readonly char: string;
  readonly han: boolean;
  readonly sound: Sound;
}

/** Words by their sound, as a tree of syllables without tones. */
interface Index {
  readonly written: ReadonlySet<string>;
  readonly tree: SymbolTree;
  /** At a state of the tree: words of three and more characters, words with Latin parts, core words of two. */
  readonly long: ReadonlyMap<number, string>;
  readonly core: ReadonlyMap<number, string>;
  readonly any: ReadonlyMap<number, readonly string[]>;
  /** Words of two characters by both syllables with their tones. */
  readonly toned: ReadonlyMap<string, string>;
}

/** Two-character words that are hidden so often that their tones do not matter. */
const CORE_WORDS: ReadonlySet<string> = new Set(
  '转账 账户 账号 微信 汇款 贷款 刷单 投资 返利 冻结 解冻 征信 股票 链接 中奖 洗钱 通缉 充值 佣金 客服 公安 提现 理财 博彩 裸聊 红包 退款 激活 验证 银行 密码 涉嫌 警察 保密 领取 逾期 补贴 扫码 皮肤 航班 改签 保证 下载 屏幕 共享 跑分 兼职 返现 额度 提额 花呗 借呗 征信 黑户 垫付 彩票 赌博 资金 法院 诈骗 鸡蛋 床垫 磁疗 冠心'.split(
    ' ',
  ),
);

function indexWords(words: Iterable<string>): Index {
  const written = new Set<string>();
  const tree = new SymbolTree();
  const [long, core, any, toned] = [
    new Map<number, string>(),
    new Map<number, string>(),
    new Map<number, string[]>(),
    new Map<string, string>(),
  ];
  for (const raw of words) {
    const word = foldWord(raw);
    if (!/^\p{Script=Han}{2,6}$/u.test(word) || written.has(word)) continue;
    written.add(word);
    for (const syllables of readingsOfWord(word)) {
      const sounds = syllables.map(soundOfSyllable);
      const state = sounds.reduce((from, { plain }) => tree.grow(from, plain), 0);
      any.set(state, [...(any.get(state) ?? []), word]);
      if (word.length >= 3 && !long.has(state)) long.set(state, word);
      if (CORE_WORDS.has(word)) core.set(state, word);
      const key = tonedKey(sounds[0], sounds[1]);
      if (word.length === 2 && !toned.has(key)) toned.set(key, word);
    }
  }
  return { written, tree, long, core, any, toned };
}

function tonedKey(first: Sound | undefined, second: Sound | undefined): string {
  return `${first?.syllable} ${second?.syllable}`;
}

const LETTER = /[a-z]/;

function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < text.length; ) {
    const char = text[i] ?? '';
    const sound = soundOf(char);
    let end = i + 1;
    if (!sound && LETTER.test(char)) while (end < text.length && LETTER.test(text[end] ?? '')) end += 1;
    tokens.push({ start: i, end, char, han: sound !== undefined, sound: sound ?? soundOfSyllable(text.slice(i, end)) });
    i = end;
  }
  return tokens;
}

type Repair = Edit & { readonly tokens: number };

/** The longest word by sound that begins at token `i`, or how many tokens a word takes that stands there as it should. */
function longestRepair(
  tokens: readonly Token[],
  i: number,
  text: string,
  index: Index,
): Repair | { readonly known: number } | undefined {
  let state = 0;
  let hans = 0;
  let best: Repair | { readonly known: number } | undefined;
  const first = tokens[i];
  if (!first) return undefined;
  for (let k = i; k < tokens.length && k < i + LONGEST_WORD; k += 1) {
    const token = tokens[k];
    if (!token) break;
    state = index.tree.step(state, token.sound.plain);
    if (state === NOWHERE) break;
    hans += token.han ? 1 : 0;
    const length = k - i + 1;
    if (length < 2 || hans === 0) continue;
    if (index.written.has(text.slice(first.start, token.end))) {
      best = { known: length };
      continue;
    }
    const to =
      hans < length
        ? index.any.get(state)?.find((word) => keepsHan(word, tokens, i))
        : length >= 3
          ? index.long.get(state)
          : FUNCTION_WORDS.test(first.char + token.char)
            ? undefined
            : (index.toned.get(tonedKey(first.sound, token.sound)) ?? index.core.get(state));
    if (to !== undefined) best = { start: first.start, end: token.end, to, tokens: length };
  }
  return best;
}

/** In a word written partly in letters the characters stand as they should: 带shou机 is 手机 with 带 before it, not 代收. */
function keepsHan(word: string, tokens: readonly Token[], from: number): boolean {
  return [...word].every((char, k) => {
    const token = tokens[from + k];
    return token !== undefined && (!token.han || token.char === char);
  });
}

/** Words so common that two characters of which one is such are seldom a word written by sound. */
const FUNCTION_WORDS = /[我你他她它们的了是在不有没这那个一都也就还说要去来和与给被让叫把]/;

/** 5千到 holds no 签到: a unit behind a digit belongs to the number. */
function isNumber({ start }: Edit, text: string): boolean {
  return (
    start > 0 &&
    /[\d一二三四五六七八九十两几]/.test(text[start - 1] ?? '') &&
    /[十百千万亿元块毛]/.test(text[start] ?? '')
  );
}

function insideKept(text: string, edit: Edit, kept: readonly string[]): boolean {
  const around = text.slice(Math.max(0, edit.start - 2), edit.end + 2);
  return kept.some((word) => around.includes(word));
}
