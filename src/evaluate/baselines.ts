import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { type FamilyId, type KnowledgeBase, REGISTERS } from '../domain/index.ts';

/** A simpler way to recognise fraud, measured beside ours: how suspicious a message is to it, and which family it names. */
export interface Baseline {
  readonly name: string;
  readonly recognise: (text: string) => { readonly score: number; readonly family: FamilyId | undefined };
}

interface Document {
  readonly id: number;
  readonly family: FamilyId;
  readonly text: string;
  readonly pairs: string;
}

/** What a newcomer would build in an afternoon from the same knowledge base. */
export function createBaselines(base: KnowledgeBase): readonly Baseline[] {
  const documents = base.frauds
    .flatMap((fraud) =>
      REGISTERS.flatMap((register) => fraud.sayings[register].map((text) => ({ family: fraud.family, text }))),
    )
    .map((one, id): Document => ({ ...one, id, pairs: pairsOf(one.text).join(' ') }));
  return [plainFuse(documents), tokenFuse(documents), miniSearch(documents), keyPhrases(base)];
}

const NOTHING = { score: 0, family: undefined };

function plainFuse(documents: readonly Document[]): Baseline {
  const fuse = new Fuse(documents, { keys: ['text'], includeScore: true });
  return {
    name: 'Fuse.js, the message as pattern',
    recognise(text) {
      const best = fuse.search(text, { limit: 1 })[0];
      return best ? { score: 1 - (best.score ?? 1), family: best.item.family } : NOTHING;
    },
  };
}

function tokenFuse(documents: readonly Document[]): Baseline {
  const options = {
    keys: ['pairs'],
    includeScore: true,
    ignoreLocation: true,
    threshold: 0.5,
    useTokenSearch: true,
    tokenize: /\S+/g,
  };
  const fuse = new Fuse(documents, options);
  return {
    name: 'Fuse.js, token search over pairs',
    recognise(text) {
      const best = fuse.search(pairsOf(text).join(' '), { limit: 1 })[0];
      return best ? { score: 1 - (best.score ?? 1), family: best.item.family } : NOTHING;
    },
  };
}

function miniSearch(documents: readonly Document[]): Baseline {
  const search = new MiniSearch<Document>({
    fields: ['pairs'],
    storeFields: ['family'],
    tokenize: (text) => text.split(' '),
  });
  search.addAll([...documents]);
  return {
    name: 'MiniSearch, BM25 over pairs',
    recognise(text) {
      const best = search.search(pairsOf(text).join(' '))[0];
      return best ? { score: best.score / Math.sqrt(text.length + 1), family: best.family as FamilyId } : NOTHING;
    },
  };
}

function keyPhrases(base: KnowledgeBase): Baseline {
  const names = base.frauds.flatMap((fraud) =>
    [fraud.short, ...fraud.aliases].map((name) => ({ name, family: fraud.family })),
  );
  return {
    name: 'a name of the fraud contained',
    recognise(text) {
      const found = names.filter(({ name }) => text.includes(name));
      return { score: found.length, family: found[0]?.family };
    },
  };
}

function pairsOf(text: string): readonly string[] {
  const plain = text.replace(/[^\p{L}\p{N}]/gu, '');
  return [...new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, i) => plain.slice(i, i + 2)))];
}
