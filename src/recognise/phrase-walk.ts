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

/**
 * One message's way through the tree of phrases. `meet` must be called in order of where the word sets begin. What was
 * reached stands in flat arrays that are reused from message to message: a node counts as reached when it carries the
 * number of the present message. This makes a walk not reentrant.
 */
export function createWalk(nodes: readonly Node[], sets: number, phrases: number) {
  const { first, from, to, reach, across } = edgesBySet(nodes, sets);
  const ends = nodes.map((node) => node.ends);
  const leads = Uint8Array.from(nodes, (node) => (node.edges.size > 0 ? 1 : 0));
  const reachedIn = new Int32Array(nodes.length);
  const spans = new Int32Array(nodes.length);
  const starts = new Int32Array(nodes.length * KEPT_SPANS);
  const stops = new Int32Array(nodes.length * KEPT_SPANS);
  const completedIn = new Int32Array(phrases);
  let completed: Completed[] = [];
  let sentence = new Uint16Array(0);
  let message = 0;

  const arrive = (node: number, start: number, end: number): void => {
    for (const index of ends[node] ?? []) {
      if (completedIn[index] === message) continue;
      completedIn[index] = message;
      completed.push({ index, start, end });
    }
    if (leads[node] === 0) return;
    if (reachedIn[node] !== message) {
      reachedIn[node] = message;
      spans[node] = 0;
    }
    const count = spans[node] ?? 0;
    const slot = node * KEPT_SPANS + (count % KEPT_SPANS);
    starts[slot] = start;
    stops[slot] = end;
    spans[node] = count + 1;
  };

  /** The slot of the latest span of `node` from which `edge` reaches a word at `start`, or -1. */
  const slotBefore = (node: number, edge: number, start: number): number => {
    const count = spans[node] ?? 0;
    for (let i = count - 1; i >= 0 && i >= count - KEPT_SPANS; i -= 1) {
      const slot = node * KEPT_SPANS + (i % KEPT_SPANS);
      const stop = stops[slot] ?? 0;
      if (stop > start || start - stop > (reach[edge] ?? 0)) continue;
      if (across[edge] === 1 || sentence[stop === 0 ? 0 : stop - 1] === sentence[start]) return slot;
    }
    return -1;
  };

  return {
    begin(text: string): void {
      message += 1;
      sentence = sentenceNumbers(text);
    },
    meet(set: number, start: number, end: number): void {
      for (let edge = first[set] ?? 0, last = first[set + 1] ?? 0; edge < last; edge += 1) {
        const node = from[edge] ?? ROOT;
        if (node === ROOT) arrive(to[edge] ?? ROOT, start, end);
        else if (reachedIn[node] === message) {
          const slot = slotBefore(node, edge, start);
          if (slot >= 0) arrive(to[edge] ?? ROOT, starts[slot] ?? 0, end);
        }
      }
    },
    finish(): readonly Completed[] {
      const found = completed;
      completed = [];
      return found;
    },
  };
}

/** All edges of the tree, those that wait for set `s` at `first[s]` to `first[s + 1] - 1`; those of the root last. */
function edgesBySet(nodes: readonly Node[], sets: number) {
  const bySet: { from: number; edge: Edge }[][] = Array.from({ length: sets }, () => []);
  nodes.forEach((node, from) => {
    for (const [set, edges] of node.edges) for (const edge of edges) bySet[set]?.push({ from, edge });
  });
  const all = bySet.flatMap((edges) => edges.sort((a, b) => b.from - a.from));
  const first = new Int32Array(sets + 1);
  bySet.forEach((edges, set) => {
    first[set + 1] = (first[set] ?? 0) + edges.length;
  });
  return {
    first,
    from: Int32Array.from(all, (one) => one.from),
    to: Int32Array.from(all, (one) => one.edge.to),
    reach: Int32Array.from(all, (one) => one.edge.gap.max),
    across: Uint8Array.from(all, (one) => (one.edge.gap.acrossSentences ? 1 : 0)),
  };
}

const SENTENCE_END = new Set([...'。!?;\n'].map((mark) => mark.charCodeAt(0)));

/** The number of the sentence in which each character stands; a sentence's end mark belongs to it. */
function sentenceNumbers(text: string): Uint16Array<ArrayBuffer> {
  const numbers = new Uint16Array(text.length + 1);
  let current = 0;
  for (let i = 0; i < text.length; i += 1) {
    numbers[i] = current;
    if (SENTENCE_END.has(text.charCodeAt(i))) current += 1;
  }
  numbers[text.length] = current;
  return numbers;
}
