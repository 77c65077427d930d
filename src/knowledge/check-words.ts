import type { Fault, Fraud, KnowledgeBase } from '../domain/index.ts';
import { type KnowledgeFiles, shorten } from './files.ts';
import { placedQuestions } from './placed-questions.ts';

/** A sentence that an old person reads in one breath (design.md section 7). */
const LONGEST_SENTENCE = 25;

/** Judgements that the bot never makes: it cannot know, and somebody may lose his savings over it. */
const BANNED = ['安全的', '放心', '不是诈骗', '可以转'];

/** Runs of digits that look like a telephone number somebody might dial. */
const NUMBER =
  /(?<![\d.])(?:1[01289]\d|9\d{4}|1[2-9]\d{3}|400\d{6,}|1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?![\d.元万年月日号条人个户群])/g;

/**
 * What residents read must be short, must not judge, and must name only numbers that somebody has verified. A wrong answer
 * of the quiz may judge, for that is how the mistake sounds and `why` sets it right; a number in it might still be dialled.
 */
export function checkWords(base: KnowledgeBase, files: KnowledgeFiles): readonly Fault[] {
  const allowed = new Set(base.contacts.filter((contact) => contact.verified).map((contact) => contact.number));
  const faults: Fault[] = [];
  const read = (where: () => string, text: string, banned: readonly string[] = BANNED): void => {
    for (const what of faultsOfWords(text, allowed, banned)) faults.push({ where: where(), ...what });
  };
  base.frauds.forEach((fraud, f) => {
    const file = files.frauds[f];
    if (file) for (const [path, text] of residentTexts(fraud)) read(() => file.place(path), text);
  });
  base.questions.forEach((one, q) => {
    one.answer.forEach((text, i) => read(() => files.questions.place([q, 'answer', i]), text));
  });
  base.firstAid.situations.forEach((one, s) => {
    read(() => files.firstAid.place(['situations', s, 'first']), one.first);
    one.steps.forEach((text, i) => read(() => files.firstAid.place(['situations', s, 'steps', i]), text));
  });
  for (const key of ['report_to_police', 'keep_evidence', 'afterwards'] as const) {
    const list = {
      report_to_police: base.firstAid.reportToPolice,
      keep_evidence: base.firstAid.keepEvidence,
      afterwards: base.firstAid.afterwards,
    }[key];
    list.forEach((text, i) => read(() => files.firstAid.place([key, i]), text));
  }
  for (const [key, text] of Object.entries(base.wording))
    read(() => files.wording.place([key]), text.replace(/\{[^{}]*\}/g, '四个字宽'));
  base.lessons.forEach((lesson, l) => {
    const file = files.lessons[l];
    if (!file) return;
    read(() => file.place(['title']), lesson.title);
    lesson.text.forEach((text, i) => read(() => file.place(['text', i]), text));
  });
  for (const { question, place } of placedQuestions(base, files)) {
    read(() => place(['ask']), question.ask);
    read(() => place(['why']), question.why);
    question.options.forEach((text, i) => {
      const right = i + 1 === question.answer;
      read(() => place(['options', i]), text, right ? BANNED : []);
    });
  }
  return faults;
}

function residentTexts(fraud: Fraud): readonly (readonly [readonly PropertyKey[], string])[] {
  const list = (key: string, texts: readonly string[]) => texts.map((text, i) => [[key, i], text] as const);
  return [
    ...list('what', fraud.what),
    ...list('how', fraud.how),
    ...list('see_through', fraud.seeThrough),
    ...list('now', fraud.now),
    [['family_words'], fraud.familyWords],
    [['stop'], fraud.stop],
    ...fraud.lookalikes.map((one, i) => [['lookalikes', i, 'why'], one.why] as const),
    ...Object.entries(fraud.tip).map(([key, text]) => [['tip', key], text] as const),
  ];
}

export function sentences(text: string): readonly string[] {
  return text
    .split(/[。！？；：:!?;】\n]| {2}/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function faultsOfWords(
  text: string,
  allowed: ReadonlySet<string>,
  banned: readonly string[],
): readonly { what: string; cure: string }[] {
  const faults: { what: string; cure: string }[] = [];
  for (const sentence of sentences(text)) {
    const length = [...sentence].length;
    if (length > LONGEST_SENTENCE) {
      faults.push({
        what: `这一句有 ${length} 个字：“${shorten(sentence)}”`,
        cure: `断成几句，每句最多 ${LONGEST_SENTENCE} 个字`,
      });
    }
  }
  for (const word of banned) {
    if (text.includes(word)) faults.push({ what: `出现了不许说的“${word}”`, cure: '只说迹象和该做什么，不打包票' });
  }
  for (const [number] of text.matchAll(NUMBER)) {
    if (!allowed.has(number))
      faults.push({
        what: `电话 ${number} 没有核实过`,
        cure: '在 contacts.yml 里核实并写 verified: true，或换成“卡背面的电话”',
      });
  }
  return faults;
}
