import type { Config } from '../config/index.ts';
import { OperatorFault } from '../domain/index.ts';
import { imprintOf } from '../imprint.ts';
import { loadKnowledge } from '../knowledge/index.ts';
import { printHandbook } from '../pictures/index.ts';
import { writeMadeFile } from './write-file.ts';

export interface HandbookOptions {
  readonly out?: string;
}

const HEADLINE = '手册没有印成';

/** Prints the knowledge base as a booklet, a PDF for paper and telephones. */
export async function handbook({ out }: HandbookOptions, config: Config): Promise<void> {
  if (out === undefined)
    throw new OperatorFault(HEADLINE, [{ where: '--out', what: '没有写存到哪里', cure: '加上 --out 手册.pdf' }]);
  const base = await loadKnowledge(config.knowledgeDir, config.campaign);
  await writeMadeFile(out, await printHandbook(base, imprintOf(config)), HEADLINE);
  console.log(`写好了：${out}\n打印时选“每张两页”，A4 纸正好放两页。`);
}
