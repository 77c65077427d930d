import { find } from './dom.js';

const TYPING = '对方正在输入…';
const RECONNECTING = '正在重新连接…';
/** A break shorter than this is not worth a word. */
const BRIEF = 1500;

/** The top of the page: the name or, as WeChat does, that the other is typing; the place; and the state of the line. */
export function createHead() {
  const title = find('title', HTMLElement);
  const place = find('place', HTMLElement);
  const status = find('status', HTMLElement);
  let name = title.textContent ?? '';
  let county = '';
  let typing = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function show() {
    title.textContent = typing ? TYPING : name;
    place.textContent = county;
  }

  return {
    /** @param {{ name: string, county: string }} about */
    showAbout(about) {
      name = about.name;
      county = about.county;
      document.title = name;
      show();
    },
    /** @param {boolean} now */
    showTyping(now) {
      typing = now;
      show();
    },
    /** @param {boolean} up */
    showLine(up) {
      if (up) {
        clearTimeout(timer);
        timer = undefined;
        status.textContent = '';
      } else
        timer ??= setTimeout(() => {
          status.textContent = RECONNECTING;
        }, BRIEF);
    },
  };
}
