import type { Config } from '../config/index.ts';
import { createMind, toJson } from '../conversation/index.ts';
import { loadKnowledge } from '../knowledge/index.ts';

export async function ask(text: string, asJson: boolean, config: Config): Promise<void> {
  const mind = createMind(await loadKnowledge(config.knowledgeDir, config.campaign), config.county);
  const understanding = mind.understand(text);
  console.log(asJson ? JSON.stringify(toJson(understanding), null, 2) : understanding.reply);
}
