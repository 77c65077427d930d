import { type Fault, type Fraud, OperatorFault, type Source } from '../domain/index.ts';
import { type QrCode, qrCode } from '../lib/qr-code.ts';
import { missingCharacters } from './font.ts';

/** What is printed beside the knowledge. */
export interface Imprint {
  readonly county: string;
  /** How people reach the bot, in words. */
  readonly entry: string;
  /** What the code leads to; undefined: only the words are printed. */
  readonly entryUrl: string | undefined;
  /** The day of printing, as 2026-11-24. */
  readonly date: string;
}

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

/** The code survives dirt and creases; a long address gets the plain, coarser code, which a telephone reads better. */
const LONG_ADDRESS = 120;

/** Throws an operator's fault that names each character without a glyph and where it stands. */
export async function contentOf(fraud: Fraud, imprint: Imprint): Promise<Content> {
  const file = `frauds/${fraud.id}.yml`;
  const told = fraud.cases[0];
  const first = fraud.sources[0];
  const content = {
    id: fraud.id,
    name: plain(fraud.name),
    stop: plain(fraud.stop),
    led: plain(fraud.tip.led),
    what: fraud.what.map(plain),
    seeThrough: fraud.seeThrough.map(plain),
    now: fraud.now.map(plain),
    story: told && {
      when: plain(`${told.place} ${spokenDate(told.date)}`),
      loss: plain(told.loss),
      text: plain(told.story),
      source: plain(sourceLine(fraud.sources[told.source - 1])),
    },
    source: plain(sourceLine(first)),
    county: plain(imprint.county),
    entry: plain(imprint.entry),
    printed: plain(spokenDate(imprint.date)),
  };
  const { county, entry, ...ofFraud } = content;
  const faults = await Promise.all([
    faultsOf(file, JSON.stringify(ofFraud)),
    faultsOf('FANZHA_COUNTY', county),
    faultsOf('FANZHA_ENTRY', entry),
  ]);
  if (faults.flat().length > 0) throw new OperatorFault(`“${fraud.id}”的图片印不了`, faults.flat());
  const { entryUrl } = imprint;
  const code = entryUrl === undefined ? undefined : await qrCode(entryUrl, entryUrl.length > LONG_ADDRESS ? 'L' : 'M');
  return { ...content, code };
}

async function faultsOf(where: string, text: string): Promise<readonly Fault[]> {
  const missing = await missingCharacters(text);
  if (missing.length === 0) return [];
  const named = missing.map((sign) => `“${sign}”（U+${sign.codePointAt(0)?.toString(16).toUpperCase()}）`);
  return [{ where, what: `字体里没有 ${named.join('、')}`, cure: '换一个常用的字，不用表情和外文字母' }];
}

/** One line without control signs and without signs that turn the direction of writing. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
}

function sourceLine(source: Source | undefined): string {
  return source ? `${source.publisher} ${spokenDate(source.date)}` : '';
}

/** 2026-11-24 → 2026年11月24日, 2021-08 → 2021年8月; anything else stays. */
function spokenDate(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(date) ?? [];
  if (year === undefined) return date;
  return `${year}年${Number(month)}月${day === undefined ? '' : `${Number(day)}日`}`;
}
