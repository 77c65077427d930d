import type { Fault, KnowledgeBase } from '../domain/index.ts';
import type { KnowledgeFiles } from './files.ts';
import { PhraseFault } from './phrase.ts';
import { createLexicon, type Lexicon, parseWithSlots } from './slots.ts';
import type { YamlFile } from './yaml-file.ts';

/** Every phrase of the knowledge base must parse and name slots that exist. */
export function checkPhrases(base: KnowledgeBase, files: KnowledgeFiles): readonly Fault[] {
  const lexicon = createLexicon(base.slots);
  const faults: Fault[] = [];
  const check = (phrases: readonly string[], file: YamlFile, at: readonly PropertyKey[], words: Lexicon): void => {
    phrases.forEach((phrase, i) => {
      const fault = refusal(() => parseWithSlots(phrase, words));
      if (fault) faults.push({ where: file.place([...at, i]), ...fault });
    });
  };

  for (const slot of Object.keys(base.slots)) {
    const fault = refusal(() => lexicon.expand(slot));
    if (fault) faults.push({ where: files.slots.place([slot]), ...fault });
  }
  base.frauds.forEach((fraud, f) => {
    const file = files.frauds[f];
    if (!file) return;
    const own = createLexicon({ ...base.slots, ...fraud.words });
    fraud.signs.forEach((sign, i) => check(sign.phrases, file, ['signs', i, 'phrases'], own));
  });
  base.signals.forEach((signal, i) => check(signal.phrases, files.signals, [i, 'phrases'], lexicon));
  base.firstAid.situations.forEach((one, i) =>
    check(one.phrases, files.firstAid, ['situations', i, 'phrases'], lexicon),
  );
  check(base.firstAid.notFirstAid, files.firstAid, ['not_first_aid'], lexicon);
  check(base.firstAid.family.phrases, files.firstAid, ['family', 'phrases'], lexicon);
  base.questions.forEach((one, i) => check(one.phrases, files.questions, [i, 'phrases'], lexicon));
  for (const [intent, phrases] of Object.entries(base.intents)) check(phrases, files.intents, [intent], lexicon);
  return faults;
}

function refusal(parse: () => unknown): { what: string; cure: string } | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (!(error instanceof PhraseFault)) throw error;
    return { what: error.message, cure: error.cure };
  }
}
