/** WeChat cuts or refuses a text above 2,048 bytes; six hundred characters are what a screen bears. */
export const PART_LIMITS = { characters: 600, bytes: 2_047 };

/** A sentence's end with the marks that close behind it. `?` and `!` end one only before a blank: addresses hold them too. */
const SENTENCE_END = /(?:[。！？；…]+|[!?](?=\s))[”’」』）】"')]*|\n/gu;
const PAUSE = /[，、：,](?!\d)|\s/gu;
/** How far behind the limit is looked for marks that belong to the sentence before it. */
const LOOK_BEYOND = 16;

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * A text in parts that each fit one WeChat message, cut at the last sentence end that fits, else at a pause, else between
 * two characters as readers see them. Nothing but blanks at the cuts is lost. No text, no parts.
 */
export function splitText(text: string, limits: typeof PART_LIMITS = PART_LIMITS): readonly string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const fits = lengthThatFits(rest, limits);
    const cut = fits === rest.length ? fits : bestCut(rest, fits);
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return parts;
}

/** Length in UTF-16 units; at least one whole code point. */
function lengthThatFits(text: string, { characters, bytes }: typeof PART_LIMITS): number {
  let length = 0;
  let count = 0;
  let size = 0;
  for (const character of text) {
    count += 1;
    size += Buffer.byteLength(character);
    if (length > 0 && (count > characters || size > bytes)) break;
    length += character.length;
  }
  return length;
}

function bestCut(text: string, fits: number): number {
  const near = text.slice(0, fits + LOOK_BEYOND);
  return lastEnd(near, SENTENCE_END, fits) ?? lastEnd(near, PAUSE, fits) ?? lastBetweenGraphemes(near, fits);
}

function lastEnd(text: string, pattern: RegExp, most: number): number | undefined {
  let last: number | undefined;
  for (const match of text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    if (end > most) break;
    last = end;
  }
  return last;
}

function lastBetweenGraphemes(text: string, most: number): number {
  let last = 0;
  for (const { index } of graphemes.segment(text)) if (index <= most) last = index;
  return last > 0 ? last : most;
}
