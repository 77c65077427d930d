import { find, makeButton } from './dom.js';

/** @typedef {{ label: string, text: string }} Sample */

/**
 * Sample messages to tap: under the greeting while the talk is empty, behind 试一试 afterwards.
 * @param {(text: string) => void} onPick
 */
export function createSamples(onPick) {
  const start = find('start', HTMLElement);
  const tray = find('tray', HTMLElement);
  const button = find('try', HTMLButtonElement);
  let loaded = false;
  let empty = true;

  /** @param {boolean} open */
  function openTray(open) {
    tray.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
  }

  function show() {
    start.hidden = !(loaded && empty);
    button.hidden = !loaded || empty;
    if (button.hidden) openTray(false);
  }

  /** @param {Sample} sample */
  function chip({ label, text }) {
    return makeButton('chip', label, () => {
      openTray(false);
      onPick(text);
    });
  }

  button.addEventListener('click', () => openTray(tray.hidden === true));
  find('text', HTMLTextAreaElement).addEventListener('input', () => openTray(false));
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || tray.hidden) return;
    openTray(false);
    button.focus();
  });

  return {
    /** @param {boolean} now */
    showEmpty(now) {
      empty = now;
      show();
    },

    /** Fetches the samples, once; without them the page works all the same. */
    async load() {
      if (loaded) return;
      const response = await fetch('/chat/samples').catch(() => undefined);
      /** @type {Sample[]} */
      const samples = response?.ok ? await response.json().catch(() => []) : [];
      if (loaded || !Array.isArray(samples) || samples.length === 0) return;
      loaded = true;
      start.append(...samples.map(chip));
      tray.append(...samples.map(chip));
      show();
    },
  };
}
