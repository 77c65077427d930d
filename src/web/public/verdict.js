/** @typedef {'danger' | 'doubt' | 'rescue'} VerdictKind */

/** @type {Record<string, VerdictKind>} */
const KINDS = { 高危: 'danger', 可疑: 'doubt', 急救: 'rescue' };

/**
 * The heading line of a verdict reply and what follows it; undefined for any other reply.
 * @param {string} text
 * @returns {{ kind: VerdictKind, heading: string, rest: string } | undefined}
 */
export function verdictOf(text) {
  const kind = KINDS[/^【([^】]+)】/.exec(text)?.[1] ?? ''];
  if (!kind) return undefined;
  const end = text.indexOf('\n');
  return end < 0 ? { kind, heading: text, rest: '' } : { kind, heading: text.slice(0, end), rest: text.slice(end + 1) };
}

const DIGIT_LINE = /^\s*回\s*\d(?!\d)/;

/**
 * What is told, and the last lines that offer digits; the page shows the latter as buttons under the newest reply.
 * @param {string} text
 * @returns {{ words: string, digits: string }}
 */
export function splitDigits(text) {
  const lines = text.trimEnd().split('\n');
  const last = lines.findLastIndex((line) => !DIGIT_LINE.test(line));
  return { words: lines.slice(0, last + 1).join('\n'), digits: lines.slice(last + 1).join('\n') };
}

/** @typedef {{ digit: string, label: string }} DigitOption */

/**
 * What the reader may answer with a digit, from the last lines of a reply: 回1 怎么识破  回2 已经转了钱.
 * @param {string} text
 * @returns {DigitOption[]}
 */
export function digitOptions(text) {
  /** @type {DigitOption[]} */
  const options = [];
  for (const line of text.trimEnd().split('\n').reverse()) {
    if (!DIGIT_LINE.test(line)) break;
    const found = line.matchAll(/(?:^|\s)回\s*(\d)(?!\d)[\s:：]*(.*?)(?=\s+回\s*\d(?!\d)|\s*$)/g);
    options.unshift(...Array.from(found, ([, digit, label]) => ({ digit: digit ?? '', label: label ?? '' })));
  }
  return options;
}
