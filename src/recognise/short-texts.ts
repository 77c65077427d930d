import type { KnowledgeBase } from '../domain/index.ts';
import { bareText, createLookup, type Likeness } from './fuzzy.ts';

/** What a message of a few characters may be by itself. */
export interface ShortText {
  readonly command?: string | undefined;
  readonly resembles?: string | undefined;
  readonly asksAboutFraud?: string | undefined;
  readonly saysHalf?: boolean | undefined;
  readonly slang?: string | undefined;
}

const LONGEST_COMMAND = 12;
const LONGEST_QUESTION = 40;
/** Looking up costs a millisecond: only what has the form of a question is looked up. */
const ASKS = /[?吗呢么嘛不]$|什么|啥|怎|咋|哪|谁|几|多少|如何|能不|可不|是不是|有没有|要不要|为什么|为啥/;
/** 大字扳 is 大字版, but 字典 is not: one wrong character in three. */
const COMMAND: Likeness = { threshold: 0.34, shared: 0.4 };
/** 有没有视频 is not 有没有反诈法: more than half of both must be the same. */
const QUESTION: Likeness = { threshold: 0.5, shared: 0.52 };
/** When it is surely a question, a third of the pairs will do: an answer beside the point is better than none. */
const REMOTE_QUESTION: Likeness = { threshold: 0.7, shared: 0.33 };

/** Stands before the id of a knowledge file among the ids of questions. */
const ABOUT_FRAUD = 'fraud:';

/** A shorter text is only taken for a question when a word of questions stands in it: 说是公安的 asks nothing. */
const LONG_ENOUGH_TO_ASK = 8;

/** Whether a text may be a question of knowledge at all: surely, when the learned part says so. */
export type Asking = 'no' | 'perhaps' | 'surely';

export function createShortTexts(
  base: KnowledgeBase,
  fold: (word: string) => string,
): (text: string, asking: Asking) => ShortText {
  const bare = (text: string): string => bareText(fold(text));
  const entries = Object.entries(base.commands).flatMap(([id, words]) =>
    words.map((word) => ({ id, text: bare(word) })),
  );
  const exact = new Map(entries.map((entry) => [entry.text, entry.id]));
  const nearCommand = createLookup(entries.filter((entry) => entry.text.length >= 3));
  const nearQuestion = createLookup([
    ...base.questions.flatMap(({ id, title, ask }) => [title, ...ask].map((text) => ({ id, text: bare(text) }))),
    ...Object.entries(base.intentSayings.fraudQuestions).flatMap(([entry, ask]) =>
      ask.map((text) => ({ id: `${ABOUT_FRAUD}${entry}`, text: bare(text) })),
    ),
  ]);
  const slang = new Map(base.slang.map(({ word }) => [bare(word), word]));

  return (text, asking) => {
    const short = bare(text);
    if (short.length === 0 || short.length > LONGEST_QUESTION) return {};
    const command =
      short.length <= LONGEST_COMMAND
        ? (exact.get(short) ?? (short.length >= 3 && short.length <= 6 ? nearCommand(short, COMMAND) : undefined))
        : undefined;
    if (command !== undefined) return { command };
    const asked = short.replace(/^(什么是|啥是|什么叫|啥叫)|(是|叫)?(什么|啥)(意思|东西|玩意)?(呀|啊|呢|吗)?$/g, '');
    const word = asked !== short || slang.has(short) ? slang.get(asked) : undefined;
    if (word !== undefined) return { slang: word };
    if (short.length < LONG_ENOUGH_TO_ASK && !ASKS.test(text)) return { saysHalf: true };
    if (asking === 'surely') return named(nearQuestion(short, QUESTION) ?? nearQuestion(short, REMOTE_QUESTION));
    return asking === 'perhaps' && ASKS.test(text) ? named(nearQuestion(short, QUESTION)) : {};
  };
}

function named(id: string | undefined): ShortText {
  return id?.startsWith(ABOUT_FRAUD) ? { asksAboutFraud: id.slice(ABOUT_FRAUD.length) } : { resembles: id };
}
