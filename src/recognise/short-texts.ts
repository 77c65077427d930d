import type { KnowledgeBase } from '../domain/index.ts';
import { createLookup } from './fuzzy.ts';

/** What a message of a few characters may be by itself. */
export interface ShortText {
  readonly command?: string | undefined;
  readonly resembles?: string | undefined;
  readonly slang?: string | undefined;
}

const LONGEST_COMMAND = 12;
const LONGEST_QUESTION = 24;
/** Looking up costs a millisecond: only what has the form of a question is looked up. */
const ASKS = /[?吗呢么嘛不]$|什么|啥|怎|咋|哪|谁|几|多少|如何|能不|可不|是不是|有没有|要不要|为什么|为啥/;
/** 大字扳 is 大字版, but 字典 is not: one wrong character in three. */
const COMMAND_THRESHOLD = 0.34;
const COMMAND_PAIRS = 0.4;
const QUESTION_THRESHOLD = 0.5;
/** 有没有视频 is not 有没有反诈法: more than half of both must be the same. */
const QUESTION_PAIRS = 0.52;

export function createShortTexts(
  base: KnowledgeBase,
  fold: (word: string) => string,
): (text: string, wantsQuestion: boolean) => ShortText {
  const bare = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '');
  const entries = Object.entries(base.commands).flatMap(([id, words]) =>
    words.map((word) => ({ id, text: bare(word) })),
  );
  const exact = new Map(entries.map((entry) => [entry.text, entry.id]));
  const nearCommand = createLookup(
    entries.filter((entry) => entry.text.length >= 3),
    COMMAND_THRESHOLD,
    COMMAND_PAIRS,
  );
  const nearQuestion = createLookup(
    base.questions.flatMap(({ id, title, ask }) => [title, ...ask].map((text) => ({ id, text: bare(text) }))),
    QUESTION_THRESHOLD,
    QUESTION_PAIRS,
  );
  const slang = new Map(base.slang.map(({ word }) => [bare(word), word]));

  return (text, wantsQuestion) => {
    const short = bare(text);
    if (short.length === 0 || short.length > LONGEST_QUESTION) return {};
    const command =
      short.length <= LONGEST_COMMAND
        ? (exact.get(short) ?? (short.length >= 3 && short.length <= 6 ? nearCommand(short) : undefined))
        : undefined;
    if (command !== undefined) return { command };
    const asked = short.replace(/^(什么是|啥是|什么叫|啥叫)|(是|叫)?(什么|啥)(意思|东西|玩意)?(呀|啊|呢|吗)?$/g, '');
    const word = asked !== short || slang.has(short) ? slang.get(asked) : undefined;
    if (word !== undefined) return { slang: word };
    return wantsQuestion && ASKS.test(text) ? { resembles: nearQuestion(short) } : {};
  };
}
