/** A piece of a page that is markup already. Only `html` makes one, so no text of a person can pass for it. */
export class Html {
  readonly #markup: string;

  constructor(strings: readonly string[], values: readonly Value[]) {
    this.#markup = strings.map((string, i) => string + (i < values.length ? markupOf(values[i]) : '')).join('');
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a page; texts and numbers are escaped, lists are joined, nothing is shown of what is not there. */
export type Value = Html | string | number | false | undefined | readonly Value[];

/** Markup with values in it. Every value is escaped, also inside quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(strings, values);
}

function markupOf(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  return typeof value === 'object' ? value.map(markupOf).join('') : escaped(String(value));
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? '');
}
