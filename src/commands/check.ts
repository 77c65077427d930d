import type { Config } from '../config/index.ts';
import { createMind } from '../conversation/index.ts';
import { type Fault, formatFault, REGISTERS } from '../domain/index.ts';
import { LEARNED_FILE, readKnowledge, teachingVersion } from '../knowledge/index.ts';
import { reportPhrases } from './phrase-report.ts';
import { findStraySayings } from './stray-sayings.ts';

export interface CheckOptions {
  /** Lists what each phrase compiles to and which sayings it meets; of one fraud when it is named. */
  readonly phrases?: string | true;
}

/** Prints every fault with file:line and cure, or how much the knowledge base holds. Exit code 1 when there is a fault. */
export async function check(options: CheckOptions, config: Config): Promise<void> {
  const { base, faults } = await readKnowledge(config.knowledgeDir, config.campaign);
  const stray =
    base && faults.length === 0 ? await findStraySayings(config.knowledgeDir, createMind(base, config.county)) : [];
  const sayings = (base?.frauds ?? []).flatMap((one) => REGISTERS.flatMap((register) => one.sayings[register])).length;
  const all: readonly Fault[] = [...faults, ...stray];
  if (!base || all.length > 0) {
    for (const fault of all) console.error(formatFault(fault));
    console.error(`\n一共 ${all.length} 处要改。`);
    process.exitCode = 1;
    return;
  }
  const { phrases: phrasesOf } = options;
  if (phrasesOf !== undefined) {
    for (const line of reportPhrases(createMind(base, config.county), phrasesOf === true ? undefined : phrasesOf))
      console.log(line);
    return;
  }
  const phrases =
    base.frauds.flatMap((fraud) => fraud.signs.flatMap((sign) => sign.phrases)).length +
    base.signals.flatMap((one) => one.phrases).length;
  const { frauds, questions, lessons, quiz, version } = base;
  console.log(
    `知识库没有问题：骗局 ${frauds.length} 种，说法 ${sayings} 句，短语 ${phrases} 条，问答 ${questions.length} 条，课 ${lessons.length} 节，题 ${quiz.length} 道。版本 ${version}。`,
  );
  if (base.learned?.learnedFrom !== teachingVersion(base)) {
    console.log(`提示：${LEARNED_FILE} 是从旧的说法学来的。运行 npm run -s fanzha -- learn 再学一遍（半分钟）。`);
  }
}
