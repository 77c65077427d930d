import type { Config } from '../config/index.ts';
import { type KnowledgeBase, REGISTERS } from '../domain/index.ts';
import { loadKnowledge } from '../knowledge/index.ts';
import { foldWord } from '../normalise/index.ts';
import { bareText, createSearch } from '../recognise/index.ts';

/** Short words against long sayings: hardly any pairs are shared, and Fuse.js may be generous. */
const LIKENESS = { threshold: 0.5, shared: 0.02 };
const MOST_SHOWN = 12;

/** Looks for words in the knowledge base, typing errors forgiven, and prints what stands where. */
export async function search(words: string, config: Config): Promise<void> {
  const base = await loadKnowledge(config.knowledgeDir, config.campaign);
  const bare = (text: string): string => bareText(foldWord(text));
  const lines = linesOf(base).map(({ where, text }) => ({ id: `${where}  ${text}`, text: bare(text) }));
  const exact = lines.filter((line) => line.text.includes(bare(words)));
  const alike = createSearch(lines)(bare(words), LIKENESS, MOST_SHOWN);
  const found = [...new Set([...exact, ...alike].map((line) => line.id))].slice(0, MOST_SHOWN);
  for (const line of found) console.log(line);
  if (found.length === 0) console.log(`知识库里没有和“${words}”像的话。换几个字再找。`);
}

function linesOf(base: KnowledgeBase): readonly { readonly where: string; readonly text: string }[] {
  const frauds = base.frauds.flatMap((fraud) => {
    const where = `frauds/${fraud.id}.yml`;
    const sayings = REGISTERS.flatMap((register) => fraud.sayings[register]);
    return [fraud.name, ...fraud.aliases, ...sayings].map((text) => ({ where, text }));
  });
  const questions = base.questions.flatMap(({ title, ask }) =>
    [title, ...ask].map((text) => ({ where: 'questions.yml', text })),
  );
  const harmless = Object.entries(base.harmless).flatMap(([kind, list]) =>
    list.map((text) => ({ where: `harmless/${kind}.yml`, text })),
  );
  return [...frauds, ...questions, ...harmless];
}
