import type { Config } from '../config/index.ts';
import type { Tip } from '../domain/index.ts';
import { loadKnowledge } from '../knowledge/index.ts';
import { knownFraud } from './known-fraud.ts';

export interface TipOptions {
  readonly json?: boolean;
}

const LENGTHS: readonly (readonly [key: keyof Tip, title: string])[] = [
  ['group', '发群里'],
  ['moments', '发朋友圈'],
  ['led', '电子屏'],
  ['loudspeaker', '大喇叭'],
];

/** Prints the words for passing on a fraud, in the four lengths, each with its number of characters. */
export async function tip(id: string, { json }: TipOptions, config: Config): Promise<void> {
  const fraud = knownFraud(await loadKnowledge(config.knowledgeDir, config.campaign), id);
  if (json === true) {
    console.log(JSON.stringify({ id: fraud.id, name: fraud.name, ...fraud.tip }));
    return;
  }
  const texts = LENGTHS.map(([key, title]) => {
    const text = fraud.tip[key];
    return `【${title}，${[...text].length} 个字】\n${text}`;
  });
  console.log([fraud.name, ...texts].join('\n\n'));
}
