import { find } from './dom.js';
import { read, write } from './store.js';

/** @typedef {'resident' | 'deputy'} Role */

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

/**
 * Who is speaking, chosen in the menu.
 * @param {(role: Role) => void} onChange
 * @returns {{ readonly role: Role }}
 */
export function createRole(onChange) {
  /** @type {Role} */
  let role = read('role') === 'deputy' ? 'deputy' : 'resident';
  /** @type {NodeListOf<HTMLInputElement>} */
  const choices = document.querySelectorAll('input[name="role"]');
  for (const choice of choices) {
    choice.checked = choice.value === role;
    choice.addEventListener('change', () => {
      role = choice.value === 'deputy' ? 'deputy' : 'resident';
      write('role', role);
      onChange(role);
    });
  }
  onChange(role);
  return {
    get role() {
      return role;
    },
  };
}
