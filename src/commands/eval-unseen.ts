import { createMind, toJson } from '../conversation/index.ts';
import type { KnowledgeBase } from '../domain/index.ts';
import { groupBy, type Judged, judge, type Labelled } from '../evaluate/index.ts';
import { teach } from './teach.ts';

/** So many times the weights are taught anew, each time without the sources of one part. */
const PARTS = 5;

/**
 * Judges every labelled message by weights that were taught from the knowledge base and from the messages of other sources
 * alone: what a collection repeats cannot be learned by heart. Takes minutes.
 */
export function judgeUnseen(
  base: KnowledgeBase,
  county: string,
  fraud: readonly Labelled[],
  harmless: readonly Labelled[],
): { readonly fraud: readonly Judged[]; readonly harmless: readonly Judged[] } {
  const partOf = partsBySource([...fraud, ...harmless]);
  const judged = { fraud: [] as Judged[], harmless: [] as Judged[] };
  for (let part = 0; part < PARTS; part += 1) {
    const held = (one: Labelled): boolean => partOf.get(one.source ?? '') === part;
    const others = (one: Labelled): boolean => !held(one);
    const learned = teach(base, fraud.filter(others), harmless.filter(others));
    const mind = createMind({ ...base, learned }, county);
    const said = (one: Labelled): Judged => judge(one, toJson(mind.understand(one.text)));
    judged.fraud.push(...fraud.filter(held).map(said));
    judged.harmless.push(...harmless.filter(held).map(said));
  }
  return judged;
}

/** Whole sources into parts of about the same size: the largest first, each into the smallest part so far. */
function partsBySource(messages: readonly Labelled[]): ReadonlyMap<string, number> {
  const sizes = new Array<number>(PARTS).fill(0);
  const bySource = [...groupBy(messages, (one) => one.source ?? '')].sort(
    ([a, left], [b, right]) => right.length - left.length || a.localeCompare(b),
  );
  return new Map(
    bySource.map(([source, list]) => {
      const part = sizes.indexOf(Math.min(...sizes));
      sizes[part] = (sizes[part] ?? 0) + list.length;
      return [source, part];
    }),
  );
}
