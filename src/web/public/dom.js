/**
 * An element with a class and, optionally, text. Text only ever enters the page as text.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} className
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

/**
 * A button that never submits a form.
 * @param {string} className
 * @param {string} text
 * @param {() => void} onTap
 */
export function makeButton(className, text, onTap) {
  const button = make('button', className, text);
  button.type = 'button';
  button.addEventListener('click', onTap);
  return button;
}

/**
 * The element with this id; the page is broken without it, so its absence is an error.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function find(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`index.html lacks #${id}`);
  return element;
}
