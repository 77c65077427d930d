import { find } from './dom.js';
import { isTooLong } from './send.js';
import { read, write } from './store.js';

/**
 * The input bar: a text area that grows, Enter to send where there is a keyboard, and a draft that survives reloads.
 * @param {(text: string) => void} onSend
 */
export function createComposer(onSend) {
  const form = find('composer', HTMLFormElement);
  const area = find('text', HTMLTextAreaElement);
  const mirror = find('mirror', HTMLElement);
  const button = find('send', HTMLButtonElement);
  const hint = find('hint', HTMLElement);
  const usual = hint.textContent ?? '';
  const touch = matchMedia('(pointer: coarse)');

  function show() {
    const empty = area.value.trim() === '';
    const tooLong = isTooLong(area.value);
    mirror.textContent = `${area.value}\u200b`;
    form.classList.toggle('has-text', !empty);
    form.classList.toggle('too-long', tooLong);
    button.setAttribute('aria-disabled', String(empty || tooLong));
    hint.textContent = tooLong ? '太长了，请分几段发' : usual;
  }

  function submit() {
    const text = area.value.trim();
    area.focus();
    if (text === '' || isTooLong(text)) return;
    area.value = '';
    write('draft', '');
    show();
    onSend(text);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  area.addEventListener('input', () => {
    write('draft', area.value);
    show();
  });
  area.addEventListener('keydown', (event) => {
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing || touch.matches) return;
    event.preventDefault();
    submit();
  });
  // Keeps the phone's keyboard up while the reader taps 发送.
  button.addEventListener('pointerdown', (event) => event.preventDefault());

  const draft = read('draft');
  if (typeof draft === 'string') area.value = draft;
  show();
  if (!touch.matches) area.focus();
}
