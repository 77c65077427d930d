/** A message after normalising, with the way back to what the sender wrote. */
export interface NormalisedText {
  readonly original: string;
  readonly text: string;
  /** For each UTF-16 unit of `text` the offset in `original` it came from; one more entry marks the end. */
  readonly map: readonly number[];
  /** True when something had been hidden: inserted characters, homophones, look-alikes. */
  readonly evasive: boolean;
}

/** The sender's own words behind `text.slice(start, end)`. */
export function quote(normalised: NormalisedText, start: number, end: number): string {
  const from = normalised.map[start] ?? 0;
  const to = normalised.map[end] ?? normalised.original.length;
  return normalised.original.slice(from, to).trim();
}
