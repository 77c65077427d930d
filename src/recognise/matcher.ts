import { END_SLOT, type Gap, type Lexicon, parsePhrase, START_SLOT } from '../knowledge/index.ts';
import { createWalk, type Node, ROOT, type Waiting } from './phrase-walk.ts';
import { type Span, scan } from './scanners.ts';
import { createTrie, type Trie } from './trie.ts';
import { createWordSets } from './word-sets.ts';

/** A phrase to look for. `owner` is handed back with the hit and means nothing to the matcher. */
export interface Wanted<Owner> {
  readonly phrase: string;
  readonly owner: Owner;
  readonly lexicon: Lexicon;
}

export interface Hit<Owner> extends Span {
  readonly owner: Owner;
  readonly phrase: string;
}

/**
 * Finds every phrase of the knowledge base in one pass.
 *
 * All words of all slots stand in one trie; a walk over the text gives their occurrences in order. The phrases form a
 * second tree, whose edges are "this set of words, at most so far behind": phrases that begin alike share their
 * beginnings. An occurrence moves on only those nodes that wait for its set and were reached before, so the cost depends
 * on what stands in the message, hardly on how many phrases there are.
 *
 *     自称…{公检法}……{安全账户}      {自称} ──…12──▶ {公检法} ──……40──▶ {安全账户} ■
 *     自称…{公检法}…{涉嫌}                               └──…12──▶ {涉嫌} ■
 */
export interface Matcher<Owner> {
  match(text: string): readonly Hit<Owner>[];
  /** How many phrases (with their variants), word sets and words it was compiled from. */
  readonly size: { readonly phrases: number; readonly sets: number; readonly words: number; readonly nodes: number };
}

export function createMatcher<Owner>(wanted: readonly Wanted<Owner>[], fold: (word: string) => string): Matcher<Owner> {
  const owners = wanted.map(({ owner, phrase }) => ({ owner, phrase }));
  const { walk, trie, edgesOf, size } = compile(wanted, fold);
  const match = (text: string): readonly Hit<Owner>[] => {
    walk.begin(text);
    meetAll(text, trie, edgesOf, walk.meet);
    return walk.finish().map(({ index, start, end }) => {
      const one = owners[index];
      if (!one) throw new Error('a hit names a phrase that was never wanted');
      return { owner: one.owner, phrase: one.phrase, start, end };
    });
  };
  return { match, size };
}

/** A function of its own, so that what is only needed to compile is let go: a third of the memory of a loaded mind. */
function compile(wanted: readonly Wanted<unknown>[], fold: (word: string) => string) {
  const sets = createWordSets(fold);
  const nodes: Node[] = [{ edges: new Map(), ends: [] }];
  let phrases = 0;

  wanted.forEach(({ phrase, lexicon }, index) => {
    for (const pieces of parsePhrase(phrase)) {
      phrases += 1;
      let at = ROOT;
      for (const piece of pieces) at = step(nodes, at, sets.idOf(piece, lexicon), piece.gap);
      nodes[at]?.ends.push(index);
    }
  });

  const walk = createWalk(nodes, wanted.length);
  const trie = createTrie(new Map([...sets.byWord].map(([word, ids]) => [word, walk.planFor(ids)])));
  const edgesOf = new Map([...sets.byBuiltIn].map(([slot, ids]) => [slot, walk.planFor(ids)]));
  return { walk, trie, edgesOf, size: { phrases, sets: sets.count(), words: trie.words, nodes: nodes.length } };
}

function step(nodes: Node[], from: number, set: number, gap: Gap | undefined): number {
  const wanted: Gap = gap ?? { max: 0, acrossSentences: true };
  const node = nodes[from];
  if (!node) throw new Error('a phrase leads through a node that does not exist');
  const edges = node.edges.get(set) ?? [];
  const known = edges.find(
    (edge) => edge.gap.max === wanted.max && edge.gap.acrossSentences === wanted.acrossSentences,
  );
  if (known) return known.to;
  const to = nodes.push({ edges: new Map(), ends: [] }) - 1;
  node.edges.set(set, [...edges, { gap: wanted, to }]);
  return to;
}

/** Reports everything that stands in the text, in order of where it begins, with the edges that wait for it. */
function meetAll(
  text: string,
  trie: Trie,
  edgesOf: ReadonlyMap<string, Waiting>,
  meet: (edges: Waiting, start: number, end: number) => void,
): void {
  const scanned: { readonly edges: Waiting; readonly span: Span }[] = [];
  const take = (slot: string, span: Span): void => {
    const edges = edgesOf.get(slot);
    if (edges) scanned.push({ edges, span });
  };
  for (const [slot, spans] of scan(text)) for (const span of spans) take(slot, span);
  const end = lengthWithoutEnding(text);
  take(START_SLOT, { start: 0, end: 0 });
  take(END_SLOT, { start: end, end });
  scanned.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let next = 0;
  const catchUp = (until: number): void => {
    for (let one = scanned[next]; one && one.span.start <= until; one = scanned[next]) {
      meet(one.edges, one.span.start, one.span.end);
      next += 1;
    }
  };
  trie.walk(text, (edges, start, stop) => {
    catchUp(start);
    meet(edges, start, stop);
  });
  catchUp(text.length);
}

const ENDING = /[。!?;\s]/;

function lengthWithoutEnding(text: string): number {
  let end = text.length;
  while (end > 0 && ENDING.test(text[end - 1] ?? '')) end -= 1;
  return end;
}
