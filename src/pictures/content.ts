import { type Fraud, OperatorFault, type Source } from '../domain/index.ts';
import type { QrCode } from '../lib/qr-code.ts';
import { entryCode, type Imprint } from './imprint.ts';
import { dayInWords, printable, unprintable } from './printable.ts';

/** All that a picture says, ready to be set: one line each, no signs that draw nothing. */
export interface Content {
  readonly id: string;
  readonly name: string;
  readonly stop: string;
  readonly led: string;
  readonly what: readonly string[];
  readonly seeThrough: readonly string[];
  readonly now: readonly string[];
  /** Place and month, what it cost, what happened, who told it. */
  readonly story:
    | { readonly when: string; readonly loss: string; readonly text: string; readonly source: string }
    | undefined;
  readonly source: string;
  readonly county: string;
  readonly entry: string;
  readonly code: QrCode | undefined;
  readonly printed: string;
}

/** Closes every picture, letter for letter. */
export const SLOGAN = '不听、不信、不转账、不汇款';

/** Throws an operator's fault that names each character without a glyph and where it stands. */
export async function contentOf(fraud: Fraud, imprint: Imprint): Promise<Content> {
  const file = `frauds/${fraud.id}.yml`;
  const told = fraud.cases[0];
  const first = fraud.sources[0];
  const content = {
    id: fraud.id,
    name: printable(fraud.name),
    stop: printable(fraud.stop),
    led: printable(fraud.tip.led),
    what: fraud.what.map(printable),
    seeThrough: fraud.seeThrough.map(printable),
    now: fraud.now.map(printable),
    story: told && {
      when: printable(`${told.place} ${dayInWords(told.date)}`),
      loss: printable(told.loss),
      text: printable(told.story),
      source: printable(sourceLine(fraud.sources[told.source - 1])),
    },
    source: printable(sourceLine(first)),
    county: printable(imprint.county),
    entry: printable(imprint.entry),
    printed: printable(dayInWords(imprint.date)),
  };
  const { county, entry, ...ofFraud } = content;
  const faults = await Promise.all([
    unprintable(file, ofFraud),
    unprintable('FANZHA_COUNTY', county),
    unprintable('FANZHA_ENTRY', entry),
  ]);
  if (faults.flat().length > 0) throw new OperatorFault(`“${fraud.id}”的图片印不了`, faults.flat());
  return { ...content, code: await entryCode(imprint) };
}

function sourceLine(source: Source | undefined): string {
  return source ? `${source.publisher} ${dayInWords(source.date)}` : '';
}
