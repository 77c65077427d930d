import { createInterface } from 'node:readline';
import type { Config } from '../config/index.ts';
import { createMind, toJson } from '../conversation/index.ts';
import { loadKnowledge } from '../knowledge/index.ts';

/** One line out for every line in, in order; a line that cannot be read is answered with an `error`. */
export async function recogniseLines(config: Config): Promise<void> {
  const mind = createMind(await loadKnowledge(config.knowledgeDir, config.campaign), config.county);
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const text = readText(line);
    const { reply: _, ...decision } = toJson(mind.understand(text ?? ''));
    const answer = text === undefined ? { ...decision, error: 'a line must be JSON with a string "text"' } : decision;
    if (!process.stdout.write(`${JSON.stringify(answer)}\n`))
      await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}

function readText(line: string): string | undefined {
  try {
    const { text } = JSON.parse(line) as { text?: unknown };
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}
