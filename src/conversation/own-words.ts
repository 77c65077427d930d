import { numbered, type Say } from '../compose/index.ts';
import { type KnowledgeBase, REGISTERS } from '../domain/index.ts';

/** Finds our own sentences in what comes back to us: quoted, forwarded, or said by another copy of this bot. */
export interface OwnWords {
  /** The text without lines that we say word for word. What a swindler writes in our manner stays, and is judged. */
  without(text: string): string;
  /** Nothing but our own lines. */
  only(text: string): boolean;
}

/** Shorter lines also stand in what people write. Characters. */
const MEANINGFUL = 6;
const SIGNS = /^看出来的：/;
const LIKE = /^和这个骗局很像：“(.*)”$/;

/** Every line that can be said: those of wording.yml, and of each fraud, question and emergency as they are composed. */
export function createOwnWords(base: KnowledgeBase, say: Say, entry: string): OwnWords {
  const lines = new Set<string>();
  const add = (text: string): void => {
    for (const line of text.split('\n')) lines.add(bare(line));
  };
  for (const [key, template] of Object.entries(base.wording)) if (!/\{(?!县名|版本)/.test(template)) add(say(key));
  for (const fraud of base.frauds) {
    const named = { 短名: fraud.short, 先别: fraud.stop };
    for (const key of ['high', 'suspicious', 'reminder']) add(say(key, named));
    for (const other of base.frauds)
      for (const key of ['high-two', 'suspicious-two']) {
        const line = say(key, { ...named, 另一类: other.short });
        add(`${line}\n${line.replace(/^【.{2}】/u, '')}`);
      }
    add(say('now', { 现在做: fraud.now.join('') }));
    add(say('see-through-title', { 短名: fraud.short }));
    add(say('earlier-case', { 短名: fraud.short }));
    add(numbered(fraud.seeThrough));
    add(fraud.what.join('\n'));
    add(fraud.familyWords);
    for (const text of Object.values(fraud.tip)) add(text);
    for (const key of [
      'tip-title',
      'tip-of-today',
      'tip-of-this-week',
      'tip-more',
      'loudspeaker-title',
      'picture-title',
    ])
      add(say(key, named));
    for (const key of ['high', 'suspicious']) add(say(key, named).replace(/^【.{2}】/u, ''));
  }
  for (const { title, text, questions } of base.lessons) {
    add([say('lesson-title', { 题目: title }), ...text].join('\n'));
    questions.forEach((question, i) => {
      const place = { 第几: String(i + 1), 题数: String(questions.length) };
      add(`${say('question-title', place)}${question.ask}`);
      question.options.forEach((option, n) => add(`${n + 1} ${option}`));
    });
  }
  add(say('relay-entry', { 入口: entry }));
  add(say('now', { 现在做: say('now-unnamed') }));
  const { situations, afterwards, reportToPolice, keepEvidence } = base.firstAid;
  for (const { first, steps } of situations) {
    for (const key of ['first-aid', 'first-aid-family']) {
      const line = say(key, { 先做: first });
      add(`${line}\n${line.replace(/^【.{2}】/u, '')}`);
    }
    add(numbered(steps));
  }
  add(afterwards.slice(0, 2).join(''));
  add(numbered(reportToPolice));
  add(numbered(keepEvidence));
  for (const { title, answer } of base.questions) add([`${title}：`, ...answer].join('\n'));
  const signs = new Set([
    ...base.frauds.flatMap((fraud) => fraud.signs.map((sign) => sign.sign)),
    ...base.signals.map((signal) => signal.sign ?? ''),
  ]);

  const isKnownSaying = (saying: string): boolean =>
    base.frauds.some((fraud) => REGISTERS.some((register) => fraud.sayings[register].includes(saying)));

  const publishers = new Set(base.frauds.flatMap((fraud) => fraud.sources.map(({ publisher }) => publisher)));
  const from = new RegExp(
    `^${escaped(say('relay-from', { 日期: DATE })).replace(DATE, DAY)}(?:依据：(.+)，${DAY}。)?$`,
    'u',
  );

  const isOurs = (line: string): boolean => {
    const relayed = from.exec(line);
    if (relayed) return relayed[1] === undefined || publishers.has(relayed[1]);
    if (SIGNS.test(line))
      return line
        .replace(SIGNS, '')
        .split(/[①-⑩]/)
        .every((sign) => sign.trim() === '' || signs.has(sign.trim()));
    const like = LIKE.exec(line)?.[1];
    if (like !== undefined) return isKnownSaying(like);
    return line.length >= MEANINGFUL && lines.has(line);
  };
  const without = (text: string): string =>
    text
      .split('\n')
      .filter((line) => !isOurs(bare(line)))
      .join('\n')
      .trim();
  return { without, only: (text) => text.trim() !== '' && without(text) === '' };
}

const DATE = '@';
const DAY = '\\d{4}年(?:\\d{1,2}月)?(?:\\d{1,2}日)?';

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A line without the number that a list puts before it. */
function bare(line: string): string {
  return line.trim().replace(/^\d{1,2}\.\s*/, '');
}
