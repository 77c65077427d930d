/**
 * Text on its way through the normaliser, with the way back: `map[i]` is the offset in the original that unit `i` came
 * from, and `map[text.length]` the offset behind the last one read. A trail is never changed, only rewritten.
 */
export interface Trail {
  readonly text: string;
  readonly map: readonly number[];
}

/** Replace `text.slice(start, end)` by `to`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly to: string;
}

/** Applies edits that are in order and do not overlap. What replaces a span points to the span's beginning. */
export function rewrite(trail: Trail, edits: readonly Edit[]): Trail {
  if (edits.length === 0) return trail;
  let text = '';
  const map: number[] = [];
  let at = 0;
  const copy = (until: number): void => {
    text += trail.text.slice(at, until);
    for (let i = at; i < until; i += 1) map.push(trail.map[i] ?? 0);
  };
  for (const edit of edits) {
    copy(edit.start);
    text += edit.to;
    for (let i = 0; i < edit.to.length; i += 1) {
      const kept = edit.to.length === edit.end - edit.start ? edit.start + i : edit.start;
      map.push(trail.map[kept] ?? 0);
    }
    at = edit.end;
  }
  copy(trail.text.length);
  map.push(trail.map[trail.text.length] ?? 0);
  return { text, map };
}

/** Edits for every match of a global pattern; `to` returns undefined to leave a match alone. */
export function edits(
  text: string,
  pattern: RegExp,
  to: (match: RegExpExecArray) => string | undefined,
): readonly Edit[] {
  const found: Edit[] = [];
  for (const match of text.matchAll(pattern)) {
    const replacement = to(match);
    if (replacement !== undefined)
      found.push({ start: match.index, end: match.index + match[0].length, to: replacement });
  }
  return found;
}
