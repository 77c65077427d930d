import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { FAMILIES, type FamilyId } from '../domain/index.ts';
import { readLabelled } from '../evaluate/index.ts';
import { LEARNED_FILE, loadKnowledge } from '../knowledge/index.ts';
import { LABELLED_SHARE, type Lesson, learn, lessonsFrom } from '../learn/index.ts';
import { createNormalise, foldWord } from '../normalise/index.ts';
import { createSignFinder, wordsOfPhrases } from '../recognise/index.ts';

const NOTE = '由 npm run -s fanzha -- learn 生成，请勿手改。只有一到三个字的片段和它们的权重。';

/** Trains the learned part from the knowledge base, and from labelled messages in `folder` where given. */
export async function learnWeights(folder: string | undefined, config: Config): Promise<void> {
  const base = await loadKnowledge(config.knowledgeDir);
  const normalise = createNormalise(base, wordsOfPhrases(base));
  const own = lessonsFrom(base);
  const labelled = folder === undefined ? [] : await labelledLessons(folder);
  const started = performance.now();
  const weights = learn(base, [...own, ...labelled], { normalise, signsIn: createSignFinder(base, foldWord) });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const path = join(config.knowledgeDir, LEARNED_FILE);
  await writeFile(path, `${JSON.stringify({ note: NOTE, ...weights })}\n`);
  const grams = Object.keys(weights.risk.grams).length;
  console.log(
    `学好了：知识库 ${own.length} 条，带标注的消息 ${labelled.length} 条，片段 ${grams} 个，用时 ${seconds} 秒，写在 ${path}。`,
  );
}

/** Adverts and texts about a fraud are neither: they are left out, as in scoring. */
async function labelledLessons(folder: string): Promise<readonly Lesson[]> {
  const fraud = await readLabelled(join(folder, 'fraud.jsonl'));
  const harmless = await readLabelled(join(folder, 'benign.jsonl'));
  const isFamily = (label: string): label is FamilyId => (FAMILIES as readonly string[]).includes(label);
  return [
    ...fraud.flatMap(({ text, label, kind }) =>
      isFamily(label) && kind !== 'advert' && kind !== 'tactic' ? [{ text, family: label, share: LABELLED_SHARE }] : [],
    ),
    ...harmless.map(({ text }) => ({ text, family: undefined, share: LABELLED_SHARE })),
  ];
}
