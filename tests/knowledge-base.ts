import { fileURLToPath } from 'node:url';
import { createMind } from '../src/conversation/index.ts';
import { loadKnowledge } from '../src/knowledge/index.ts';
import { createNormalise } from '../src/normalise/index.ts';
import { wordsOfPhrases } from '../src/recognise/index.ts';

/** The project's own knowledge base, loaded once for all tests of one worker. */
export const KNOWLEDGE_FOLDER =
  process.env.FANZHA_KNOWLEDGE_DIR ?? fileURLToPath(new URL('../knowledge', import.meta.url));
export const knowledge = await loadKnowledge(KNOWLEDGE_FOLDER);
export const COUNTY = '西平县';
export const mind = createMind(knowledge, COUNTY);
export const normalise = createNormalise(knowledge, wordsOfPhrases(knowledge));
