import { type QrCode, qrCode } from '../lib/qr-code.ts';

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

/** Characters. */
const LONG_ADDRESS = 120;

/** The code survives dirt and creases; a long address gets the plain, coarser code, which a telephone reads better. */
export async function entryCode({ entryUrl }: Pick<Imprint, 'entryUrl'>): Promise<QrCode | undefined> {
  return entryUrl === undefined ? undefined : qrCode(entryUrl, entryUrl.length > LONG_ADDRESS ? 'L' : 'M');
}
