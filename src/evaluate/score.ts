/** One labelled message, in the shape of `eval/README.md`. */
export interface Labelled {
  readonly text: string;
  readonly label: string;
  readonly alt_labels?: readonly string[];
  readonly kind?: string;
  readonly category?: string;
  readonly provenance?: string;
  /** Where the message was collected. */
  readonly source?: string;
}

/** What the recogniser said of it. */
export interface Said {
  readonly level: string;
  readonly intent: string;
  readonly types: readonly { readonly id: string }[];
}

export interface Judged extends Labelled {
  readonly warned: boolean;
  readonly high: boolean;
  readonly first: string | undefined;
  /** The right type stands first; among the first two. */
  readonly right: boolean;
  readonly nearlyRight: boolean;
}

export interface Score {
  readonly fraud: number;
  readonly harmless: number;
  readonly warned: number;
  readonly warnedMeanOverTypes: number;
  readonly warnedCases: number;
  readonly rightType: number;
  readonly rightAmongTwo: number;
  readonly macroF1: number;
  readonly falseAlarms: number;
  readonly falseAlarmsHigh: number;
  readonly byType: readonly Row[];
  readonly byCategory: readonly Row[];
}

export interface Row {
  readonly name: string;
  readonly messages: number;
  readonly warned: number;
  readonly high: number;
  readonly f1?: number;
}

/** Adverts are left out, since not every loud one is fraud, and so are texts that explain a fraud: they educate. */
export const LEFT_OUT: ReadonlySet<string> = new Set(['advert', 'tactic']);
/** A type with fewer messages says too little for the mean. */
const ENOUGH = 10;

export function judge(message: Labelled, said: Said): Judged {
  const right = new Set([message.label, ...(message.alt_labels ?? [])]);
  const ids = said.types.map((type) => type.id);
  return {
    ...message,
    warned: said.level !== 'none' || said.intent === 'first-aid',
    high: said.level === 'high',
    first: ids[0],
    right: right.has(ids[0] ?? ''),
    nearlyRight: right.has(ids[0] ?? '') || right.has(ids[1] ?? ''),
  };
}

export function score(fraud: readonly Judged[], harmless: readonly Judged[]): Score {
  const received = fraud.filter((one) => one.kind !== 'case');
  const cases = fraud.filter((one) => one.kind === 'case');
  const typed = fraud.filter((one) => one.label !== 'other-fraud');
  const warnedTyped = typed.filter((one) => one.warned);
  const byLabel = [...groupBy(received, (one) => one.label)];
  const enough = byLabel
    .filter(([, list]) => list.length >= ENOUGH)
    .map(([, list]) => share(list, (one) => one.warned));
  const labels = [...new Set(typed.map((one) => one.label))].sort();
  return {
    fraud: fraud.length,
    harmless: harmless.length,
    warned: share(received, (one) => one.warned),
    warnedMeanOverTypes: mean(enough),
    warnedCases: share(cases, (one) => one.warned),
    rightType: share(warnedTyped, (one) => one.right),
    rightAmongTwo: share(warnedTyped, (one) => one.nearlyRight),
    macroF1: mean(labels.map((label) => f1(label, typed, [...fraud, ...harmless]))),
    falseAlarms: share(harmless, (one) => one.warned),
    falseAlarmsHigh: share(harmless, (one) => one.high),
    byType: byLabel
      .map(([name, list]) => ({ ...row(name, list), f1: f1(name, typed, [...fraud, ...harmless]) }))
      .sort(byName),
    byCategory: [...groupBy(harmless, (one) => one.category ?? 'harmless')]
      .map(([name, list]) => row(name, list))
      .sort(byName),
  };
}

/** Harmonic mean of how many of a type's messages were warned of and named so, and how many so named were of it. */
function f1(label: string, typed: readonly Judged[], all: readonly Judged[]): number {
  const truth = typed.filter((one) => one.label === label);
  const hits = truth.filter((one) => one.warned && one.right).length;
  const wrongly = all.filter(
    (one) => one.warned && one.first === label && one.label !== label && !one.alt_labels?.includes(label),
  ).length;
  const precision = hits + wrongly === 0 ? 0 : hits / (hits + wrongly);
  const recall = truth.length === 0 ? 0 : hits / truth.length;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

function row(name: string, list: readonly Judged[]): Row {
  return {
    name,
    messages: list.length,
    warned: share(list, (one) => one.warned),
    high: share(list, (one) => one.high),
  };
}

const byName = (a: Row, b: Row): number => a.name.localeCompare(b.name);

export function share<T>(list: readonly T[], test: (one: T) => boolean): number {
  return list.length === 0 ? Number.NaN : list.filter(test).length / list.length;
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? Number.NaN : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

export function groupBy<T>(list: readonly T[], key: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}
