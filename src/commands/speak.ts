import { extname } from 'node:path';
import type { Config } from '../config/index.ts';
import { loadKnowledge } from '../knowledge/index.ts';
import { soundOf, type Voice } from '../sound/index.ts';
import { knownFraud } from './known-fraud.ts';
import { writeMadeFile } from './write-file.ts';

export interface SpeakOptions {
  readonly out?: string;
}

/** Writes the loudspeaker text of a fraud as sound: the recording where there is one, else the machine voice. */
export async function speakTip(id: string, { out }: SpeakOptions, config: Config, voice?: Voice): Promise<void> {
  const fraud = knownFraud(await loadKnowledge(config.knowledgeDir, config.campaign), id);
  const { type, data } = await soundOf(fraud, config.knowledgeDir, voice);
  const file = withEnding(out ?? fraud.id, type);
  await writeMadeFile(file, data, '没有读成');
  console.log(
    type === 'mp3'
      ? `写好了：${file}\n这是真人的录音，所以是 mp3。`
      : `写好了：${file}\n这是机器合成的声音。有真人的录音更好：放进知识库的 recordings/${fraud.id}.mp3。`,
  );
}

/** What the file holds decides how its name ends. */
function withEnding(path: string, type: string): string {
  const ending = extname(path);
  if (ending.toLowerCase() === `.${type}`) return path;
  return /^\.(?:wav|mp3)$/i.test(ending) ? `${path.slice(0, -ending.length)}.${type}` : `${path}.${type}`;
}
