import { find } from './dom.js';

const CLEAR = '清空聊天记录';
const SURE = '再点一次，确定清空';

/**
 * The header menu: opens and closes, and asks once more before it clears the talk.
 * @param {() => void} onClear
 */
export function createMenu(onClear) {
  const menu = find('menu', HTMLElement);
  const more = find('more', HTMLButtonElement);
  const clear = find('clear', HTMLButtonElement);

  /** @param {boolean} open */
  function show(open) {
    menu.hidden = !open;
    more.setAttribute('aria-expanded', String(open));
    clear.textContent = CLEAR;
  }

  more.addEventListener('click', () => {
    const open = menu.hidden === true;
    show(open);
    if (open) clear.focus();
  });
  clear.addEventListener('click', () => {
    if (clear.textContent === CLEAR) {
      clear.textContent = SURE;
      return;
    }
    show(false);
    more.focus();
    onClear();
  });
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || menu.hidden) return;
    show(false);
    more.focus();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (menu.hidden || !(target instanceof Node) || menu.contains(target) || more.contains(target)) return;
    show(false);
  });
}
