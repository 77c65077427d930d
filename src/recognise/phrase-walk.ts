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

/**
 * What may happen when a word is met, as the place of a run of numbers in the walk's plan: how many nodes it leads to from
 * the root, those nodes, how many edges wait for it inside phrases, and for each of these the node and the edge behind it.
 */
export type Waiting = number;

/** Where a partial match began and ended; only the latest few per node are kept, as an older one is farther away. */
const KEPT_SPANS = 4;

/**
 * One message's way through the tree of phrases. `meet` must be called in order of where the words begin, with the edges
 * that a word may take. What was reached stands in flat arrays that are reused from message to message: a node counts as
 * reached when it carries the number of the present message. This makes a walk not reentrant.
 */
export function createWalk(nodes: readonly Node[], phrases: number) {
  const edges = nodes.flatMap((node, from) =>
    [...node.edges].flatMap(([set, list]) => list.map((edge) => ({ from, set, ...edge }))),
  );
  const from = Int32Array.from(edges, (edge) => edge.from);
  const to = Int32Array.from(edges, (edge) => edge.to);
  const reach = Int32Array.from(edges, (edge) => edge.gap.max);
  const across = Uint8Array.from(edges, (edge) => (edge.gap.acrossSentences ? 1 : 0));
  const bySet = new Map<number, number[]>();
  edges.forEach(({ set }, edge) => {
    const list = bySet.get(set);
    if (list) list.push(edge);
    else bySet.set(set, [edge]);
  });

  const ends = nodes.map((node) => node.ends);
  const leads = Uint8Array.from(nodes, (node) => (node.edges.size > 0 ? 1 : 0));
  const reachedIn = new Int32Array(nodes.length);
  const spans = new Int32Array(nodes.length);
  const starts = new Int32Array(nodes.length * KEPT_SPANS);
  const stops = new Int32Array(nodes.length * KEPT_SPANS);
  const completedIn = new Int32Array(phrases);
  let draft: number[] = [];
  let plan = new Int32Array(0);
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
    /** Lays down what waits for these sets. All words must be laid down before the first message. */
    planFor(sets: readonly number[]): Waiting {
      const all = sets.flatMap((set) => bySet.get(set) ?? []).sort((a, b) => a - b);
      const begins = all.filter((edge) => from[edge] === ROOT).map((edge) => to[edge] ?? ROOT);
      const inside = all.filter((edge) => from[edge] !== ROOT);
      const at = draft.length;
      draft.push(begins.length, ...begins, inside.length, ...inside.flatMap((edge) => [from[edge] ?? ROOT, edge]));
      return at;
    },
    begin(text: string): void {
      if (draft.length > 0) {
        plan = Int32Array.from(draft);
        draft = [];
        bySet.clear();
      }
      message += 1;
      sentence = sentenceNumbers(text);
    },
    meet(waiting: Waiting, start: number, end: number): void {
      const begins = waiting + 1;
      const inside = begins + (plan[waiting] ?? 0) + 1;
      for (let i = inside, last = inside + 2 * (plan[inside - 1] ?? 0); i < last; i += 2) {
        const node = plan[i] ?? ROOT;
        if (reachedIn[node] !== message) continue;
        const edge = plan[i + 1] ?? 0;
        const slot = slotBefore(node, edge, start);
        if (slot >= 0) arrive(to[edge] ?? ROOT, starts[slot] ?? 0, end);
      }
      for (let i = begins; i < inside - 1; i += 1) arrive(plan[i] ?? ROOT, start, end);
    },
    finish(): readonly Completed[] {
      const found = completed;
      completed = [];
      return found;
    },
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
