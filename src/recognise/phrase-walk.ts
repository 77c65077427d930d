import type { Gap } from '../knowledge/index.ts';
import type { Span } from './scanners.ts';

/** A place in the tree of phrases: what may follow, and which phrases are complete here. */
export interface Node {
  readonly edges: Map<number, Edge[]>;
  readonly ends: number[];
}

export interface Edge {
  readonly gap: Gap;
  readonly to: number;
}

export const ROOT = 0;

export interface Completed extends Span {
  readonly index: number;
}

/** Where a partial match began and ended; only the latest few per node are kept, as an older one is farther away. */
const KEPT_SPANS = 4;
const SENTENCE_END = /[。!?;\n]/;

/**
 * One message's way through the tree of phrases. `meet` must be called in order of where the word sets begin. The
 * scratch arrays are reused from message to message, which makes a walk not reentrant; `finish` leaves them clean.
 */
export function createWalk(nodes: readonly Node[], sets: number) {
  const parents = parentsBySet(nodes, sets);
  const reached: (Span[] | undefined)[] = new Array(nodes.length);
  let touched: number[] = [];
  let complete = new Map<number, Span>();
  let sentence = new Uint16Array(0);

  const reach = (to: number, start: number, end: number): void => {
    const node = nodes[to];
    if (!node) return;
    for (const index of node.ends) if (!complete.has(index)) complete.set(index, { start, end });
    if (node.edges.size === 0) return;
    const spans = reached[to];
    if (!spans) {
      reached[to] = [{ start, end }];
      touched.push(to);
      return;
    }
    if (spans.length === KEPT_SPANS) spans.shift();
    spans.push({ start, end });
  };

  const near = (spans: readonly Span[], gap: Gap, start: number): Span | undefined => {
    for (let i = spans.length - 1; i >= 0; i -= 1) {
      const span = spans[i];
      if (!span || span.end > start || start - span.end > gap.max) continue;
      if (gap.acrossSentences || sentence[span.end === 0 ? 0 : span.end - 1] === sentence[start]) return span;
    }
    return undefined;
  };

  const follow = (from: number, set: number, start: number, end: number): void => {
    const spans = reached[from];
    const edges = spans && nodes[from]?.edges.get(set);
    if (!edges) return;
    for (const { gap, to } of edges) {
      const before = near(spans, gap, start);
      if (before) reach(to, before.start, end);
    }
  };

  return {
    begin(text: string): void {
      sentence = sentenceNumbers(text);
    },
    meet(set: number, start: number, end: number): void {
      const roots = nodes[ROOT]?.edges.get(set);
      if (roots) for (const edge of roots) reach(edge.to, start, end);
      const waiting = parents[set];
      if (!waiting) return;
      if (waiting.length <= touched.length) for (const from of waiting) follow(from, set, start, end);
      else for (let i = 0, known = touched.length; i < known; i += 1) follow(touched[i] ?? ROOT, set, start, end);
    },
    finish(): readonly Completed[] {
      const found = [...complete].map(([index, span]) => ({ index, ...span }));
      for (const node of touched) reached[node] = undefined;
      touched = [];
      complete = new Map();
      return found;
    },
  };
}

/** For each word set the nodes, other than the root, that wait for it. */
function parentsBySet(nodes: readonly Node[], sets: number): readonly (readonly number[] | undefined)[] {
  const parents: (number[] | undefined)[] = new Array(sets);
  nodes.forEach((node, id) => {
    if (id === ROOT) return;
    for (const set of node.edges.keys()) {
      const list = parents[set];
      if (list) list.push(id);
      else parents[set] = [id];
    }
  });
  return parents;
}

/** The number of the sentence in which each character stands; a sentence's end mark belongs to it. */
function sentenceNumbers(text: string): Uint16Array<ArrayBuffer> {
  const numbers = new Uint16Array(text.length + 1);
  let current = 0;
  for (let i = 0; i < text.length; i += 1) {
    numbers[i] = current;
    if (SENTENCE_END.test(text[i] ?? '')) current += 1;
  }
  numbers[text.length] = current;
  return numbers;
}
