/** A part of a file, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * What the header `range` asks of a file of this many bytes. Telephones play no sound from a server that cannot give
 * parts. Undefined: the whole file, also for several parts at once and for what is not a range.
 */
export function rangeOf(header: string | undefined, length: number): Range | 'impossible' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const count = Math.min(Number(last), length);
    return count === 0 ? 'impossible' : { from: length - count, to: length - 1 };
  }
  const from = Number(first);
  const to = last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (last !== '' && Number(last) < from) return undefined;
  return from >= length ? 'impossible' : { from, to };
}
