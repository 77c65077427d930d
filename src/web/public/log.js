import { botBubble, myBubble } from './bubble.js';
import { make, makeButton } from './dom.js';
import { needsTimeLine, timeLine } from './time.js';
import { digitOptions } from './verdict.js';

/** @typedef {import('./talk.js').Entry} Entry */

/**
 * Shows the talk as list items. An item once shown stays the same element, so a screen reader hears only what is new.
 * @param {HTMLElement} list
 * @param {{ name: string, speech: import('./speech.js').Speech | undefined, onResend: (key: string) => void, onDigit: (digit: string) => void }} options
 */
export function createLog(list, { name, speech, onResend, onDigit }) {
  /** @type {Map<string, { item: HTMLLIElement, show?: (entry: Entry) => void }>} */
  let shown = new Map();
  /** @type {HTMLLIElement | undefined} */
  let greeting;
  const answers = make('div', 'answers');
  answers.setAttribute('role', 'group');
  answers.setAttribute('aria-label', '快速回复');

  /**
   * @param {Entry} entry
   * @param {number | undefined} before
   */
  function partsOf(entry, before) {
    /** @type {typeof shown} */
    const parts = new Map();
    if (needsTimeLine(before, entry.at)) {
      const item = shown.get(`time ${entry.key}`)?.item ?? make('li', 'time');
      const words = timeLine(entry.at, Date.now());
      if (item.textContent !== words) item.textContent = words;
      parts.set(`time ${entry.key}`, { item });
    }
    const part = shown.get(entry.key);
    if (part) part.show?.(entry);
    const made = () =>
      entry.from === 'me' ? myBubble(entry, onResend) : { item: botBubble(entry.text, name, speech) };
    return parts.set(entry.key, part ?? made());
  }

  /** @param {readonly Entry[]} entries */
  function showAnswers(entries) {
    const newest = [...entries].reverse().find(({ from, text }) => from === 'bot' && digitOptions(text).length > 0);
    if (!newest) return answers.remove();
    const item = shown.get(newest.key)?.item;
    if (answers.parentElement === item) return;
    answers.replaceChildren(
      ...digitOptions(newest.text).map(({ digit, label }) => {
        const chip = makeButton('chip', '', () => onDigit(digit));
        chip.append(make('span', 'chip-digit', digit), ` ${label}`);
        return chip;
      }),
    );
    item?.append(answers);
  }

  return {
    /**
     * Shows the first bubble, which is the page's own.
     * @param {string} text
     */
    greet(text) {
      const item = botBubble(text, name, speech);
      if (greeting) greeting.replaceWith(item);
      else list.prepend(item);
      greeting = item;
    },

    /**
     * Shows these entries and no others; returns the items that are new.
     * @param {readonly Entry[]} entries
     */
    show(entries) {
      const parts = new Map(entries.flatMap((entry, index) => [...partsOf(entry, entries[index - 1]?.at)]));
      const added = [...parts].filter(([key]) => !shown.has(key)).map(([, { item }]) => item);
      for (const [key, { item }] of shown) if (!parts.has(key)) item.remove();
      let last = greeting;
      for (const { item } of parts.values()) {
        const next = last ? last.nextSibling : list.firstChild;
        if (next !== item) list.insertBefore(item, next);
        last = item;
      }
      shown = parts;
      showAnswers(entries);
      return added;
    },
  };
}
