import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/index.ts';
import { readLabelled } from '../evaluate/index.ts';
import { LEARNED_FILE, loadKnowledge } from '../knowledge/index.ts';
import { lessonsFrom } from '../learn/index.ts';
import { teach } from './teach.ts';

const NOTE = '由 npm run -s fanzha -- learn 生成，请勿手改。只有一到三个字的片段和它们的权重。';

/** Trains the learned part from the knowledge base, and from labelled messages in `folder` where given. */
export async function learnWeights(folder: string | undefined, config: Config): Promise<void> {
  const base = await loadKnowledge(config.knowledgeDir, config.campaign);
  const read = async (name: string) => (folder === undefined ? [] : readLabelled(join(folder, name)));
  const [fraud, harmless] = [await read('fraud.jsonl'), await read('benign.jsonl')];
  const started = performance.now();
  const weights = teach(base, fraud, harmless);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const path = join(config.knowledgeDir, LEARNED_FILE);
  await writeFile(path, `${JSON.stringify({ note: NOTE, ...weights })}\n`);
  const grams = Object.keys(weights.risk.grams).length;
  console.log(
    `学好了：知识库 ${lessonsFrom(base).length} 条，带标注的消息 ${fraud.length + harmless.length} 条，片段 ${grams} 个，用时 ${seconds} 秒，写在 ${path}。`,
  );
}
