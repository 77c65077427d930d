import { FAMILIES, type Fraud, type KnowledgeBase, OperatorFault } from '../../domain/index.ts';
import type { Imprint } from '../imprint.ts';
import { dayInWords, printable, unprintable } from '../printable.ts';

export type HandbookBase = Pick<KnowledgeBase, 'frauds' | 'firstAid' | 'contacts' | 'quiz' | 'wording'>;

/** The three that everybody must know come first, then the families, then their finer forms. */
export const GROUPS = ['core', 'family', 'finer'] as const;

export type Group = (typeof GROUPS)[number];

/** One fraud as it is printed. */
export interface Entry {
  readonly id: string;
  readonly group: Group;
  readonly name: string;
  readonly short: string;
  readonly aliases: readonly string[];
  readonly what: readonly string[];
  readonly how: readonly string[];
  readonly seeThrough: readonly string[];
  readonly now: readonly string[];
  readonly example?: { readonly when: string; readonly story: string; readonly loss: string } | undefined;
  readonly sources: string;
}

/** All words of the handbook that come from outside, clean and in the order of printing. */
export interface Manuscript {
  readonly county: string;
  readonly entry: string;
  readonly slogan: string;
  readonly date: string;
  readonly entries: readonly Entry[];
  readonly firstAid: {
    readonly situations: readonly {
      readonly name: string;
      readonly first: string;
      readonly steps: readonly string[];
    }[];
    readonly toPolice: readonly string[];
    readonly evidence: readonly string[];
    readonly afterwards: readonly string[];
  };
  readonly hotlines: readonly { readonly name: string; readonly number: string; readonly what: string }[];
  readonly quiz: readonly {
    readonly ask: string;
    readonly options: readonly string[];
    readonly answer: number;
    readonly why: string;
  }[];
}

/** The name of its page, by which links find it. */
export function placeOf({ id }: Pick<Entry, 'id'>): string {
  return `fraud:${id}`;
}

/** More are not answered by anybody in one go. */
const LONGEST_QUIZ = 24;

/** Throws an operator's fault that names every character for which the font has no glyph. */
export async function writeManuscript(base: HandbookBase, imprint: Imprint): Promise<Manuscript> {
  const { firstAid } = base;
  const manuscript: Manuscript = clean({
    county: imprint.county,
    entry: imprint.entry,
    slogan: base.wording.slogan ?? '',
    date: dayInWords(imprint.date),
    entries: inOrder(base.frauds).map(entryOf),
    firstAid: {
      situations: firstAid.situations.map(({ name, first, steps }) => ({ name, first, steps })),
      toPolice: firstAid.reportToPolice,
      evidence: firstAid.keepEvidence,
      afterwards: firstAid.afterwards,
    },
    hotlines: base.contacts
      .filter(({ verified }) => verified)
      .map(({ name, number, what }) => ({ name, number, what })),
    quiz: evenly(base.quiz, LONGEST_QUIZ).map(({ ask, options, answer, why }) => ({ ask, options, answer, why })),
  });
  const faults = await Promise.all(placesOf(manuscript).map(([where, part]) => unprintable(where, part)));
  if (faults.flat().length > 0) throw new OperatorFault('手册里有字体没有的字', faults.flat());
  return manuscript;
}

function groupOf({ core, id, family }: Fraud): Group {
  return core ? 'core' : id === family ? 'family' : 'finer';
}

function inOrder(frauds: readonly Fraud[]): readonly Fraud[] {
  const rank = (fraud: Fraud): number => GROUPS.indexOf(groupOf(fraud)) * 100 + FAMILIES.indexOf(fraud.family);
  return [...frauds].sort((a, b) => rank(a) - rank(b));
}

function entryOf(fraud: Fraud): Entry {
  const { id, name, short, aliases, what, how, seeThrough, now } = fraud;
  const [first] = fraud.cases;
  const example = first && {
    when: `${dayInWords(first.date)} ${first.place}`,
    story: first.story,
    loss: /^[^，（]*元$/.test(first.loss) ? `损失${first.loss}` : first.loss,
  };
  return {
    id,
    group: groupOf(fraud),
    name,
    short,
    aliases,
    what,
    how,
    seeThrough,
    now,
    example,
    sources: sourcesOf(fraud),
  };
}

function sourcesOf({ sources, cases }: Fraud): string {
  const ofCases = new Set(cases.map(({ source }) => source));
  const ofExample = sources[(cases[0]?.source ?? 0) - 1];
  const rest = sources.filter((_, i) => !ofCases.has(i + 1)).map(({ publisher }) => publisher);
  return [
    ...(rest.length > 0 ? [`依据：${[...new Set(rest)].join('、')}。`] : []),
    ...(ofExample ? [`案例：${ofExample.publisher}，${dayInWords(ofExample.date)}。`] : []),
  ].join('');
}

function evenly<Item>(items: readonly Item[], most: number): readonly Item[] {
  return items.filter((_, i) => Math.floor((i * most) / items.length) !== Math.floor(((i - 1) * most) / items.length));
}

/** Every text in a part, printable. */
function clean<Part>(part: Part): Part {
  if (typeof part === 'string') return printable(part) as Part;
  if (Array.isArray(part)) return part.map((one: unknown) => clean(one)) as Part;
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, clean(value)])) as Part;
}

/** The parts of a manuscript, each with the place where its words can be changed. */
function placesOf(manuscript: Manuscript): readonly (readonly [where: string, part: unknown])[] {
  return [
    ['FANZHA_COUNTY', manuscript.county],
    ['FANZHA_ENTRY', manuscript.entry],
    ['wording.yml', manuscript.slogan],
    ...manuscript.entries.map((entry) => [`frauds/${entry.id}.yml`, entry] as const),
    ['first-aid.yml', manuscript.firstAid],
    ['contacts.yml', manuscript.hotlines],
    ['知识问答', manuscript.quiz],
  ];
}
