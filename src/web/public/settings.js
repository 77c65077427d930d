import { find } from './dom.js';
import { read, write } from './store.js';

/**
 * The large-type switch in the header.
 * @param {() => void} onChange
 */
export function createTypeSize(onChange) {
  const button = find('size', HTMLButtonElement);
  let large = read('large') === true;

  function show() {
    document.documentElement.classList.toggle('large', large);
    button.textContent = large ? '标准' : '大字';
  }

  button.addEventListener('click', () => {
    large = !large;
    write('large', large);
    show();
    onChange();
  });
  show();
}
