/** Characters that take two columns in a terminal or spreadsheet: Chinese, Japanese, Korean, full-width forms, emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|[“”‘’…—①-⑳]/u;
const NONE = /\p{Mn}|\p{Me}|\p{Cf}/u;

/** How many columns a text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) if (!NONE.test(sign)) width += WIDE.test(sign) ? 2 : 1;
  return width;
}
