import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type KnowledgeBase, type LearnedWeights, REGISTERS } from '../domain/index.ts';

export const LEARNED_FILE = 'learned.json';

const gramWeights = z.strictObject({
  bias: z.number(),
  scale: z.number(),
  grams: z.record(z.string().max(3), z.number().int().min(-127).max(127)),
});

const learnedSchema = z.strictObject({
  note: z.string(),
  learnedFrom: z.string(),
  risk: gramWeights,
  signs: z.record(z.string(), z.number().int().min(0).max(100)),
  intents: z.strictObject({ happened: gramWeights, asks: gramWeights }),
  entries: z.record(z.string(), gramWeights),
});

/** The learned weights beside the knowledge, or undefined when there are none or they cannot be read: the bot then works without. */
export async function readLearned(folder: string): Promise<LearnedWeights | undefined> {
  try {
    return learnedSchema.parse(JSON.parse(await readFile(`${folder}/${LEARNED_FILE}`, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Sixteen hex digits over everything that the learned part is taught from. */
export function teachingVersion(base: KnowledgeBase): string {
  const hash = createHash('sha256');
  for (const fraud of base.frauds) {
    hash.update(fraud.id);
    for (const register of REGISTERS) for (const saying of fraud.sayings[register]) hash.update(saying).update('\n');
    for (const saying of fraud.vague) hash.update(saying).update('\n');
    for (const lookalike of fraud.lookalikes) hash.update(lookalike.say).update('\n');
  }
  const { firstAid, notFirstAid, fraudQuestions, smallTalk } = base.intentSayings;
  const told = [...Object.values(firstAid), notFirstAid, ...Object.values(fraudQuestions), smallTalk];
  const asked = base.questions.map((question) => question.ask);
  for (const list of [...told, ...asked]) for (const text of list) hash.update(text).update('\n');
  for (const list of Object.values(base.harmless)) for (const text of list) hash.update(text).update('\n');
  return hash.digest('hex').slice(0, 16);
}
