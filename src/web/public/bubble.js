import { aloud } from './aloud.js';
import { make, makeButton } from './dom.js';
import { wordsAndPictures } from './picture.js';
import { splitDigits, verdictOf } from './verdict.js';

/** @typedef {import('./talk.js').Entry} Entry */
/** @typedef {import('./speech.js').Speech} Speech */

/**
 * The list item of something the assistant says.
 * @param {string} text
 * @param {string} name
 * @param {Speech | undefined} speech
 */
export function botBubble(text, name, speech) {
  const item = make('li', 'message bot');
  const bubble = make('div', 'bubble');
  bubble.append(make('span', 'unseen', `${name}说：`));
  const verdict = verdictOf(text);
  if (verdict) {
    bubble.classList.add('verdict', verdict.kind);
    bubble.append(make('strong', 'heading', verdict.heading));
    const { words, digits } = splitDigits(verdict.rest);
    if (words) bubble.append(...wordsAndPictures(words));
    if (digits) bubble.append(make('p', 'words digits', digits));
  } else bubble.append(...wordsAndPictures(text));
  item.append(avatar('/avatar-bot.svg'), bubble);
  if (speech && aloud(text).length > 0) item.append(speakButton(text, speech));
  return item;
}

/**
 * The list item of a message of mine, and a way to show how its sending stands.
 * @param {Entry} entry
 * @param {(key: string) => void} onResend
 */
export function myBubble(entry, onResend) {
  const item = make('li', 'message me');
  const bubble = make('div', 'bubble');
  const reason = make('p', 'reason');
  const resend = makeButton('resend', '未送达，点此重发', () => onResend(entry.key));
  const failure = make('div', 'failure');
  failure.append(reason, resend);
  bubble.append(make('span', 'unseen', '我说：'), make('p', 'words', entry.text));
  item.append(bubble, avatar('/avatar-resident.svg'), failure);

  /** @param {Entry} now */
  function show(now) {
    item.classList.toggle('sending', now.state === 'sending');
    failure.hidden = now.state !== 'failed';
    reason.hidden = !now.error;
    reason.textContent = now.error ?? '';
  }
  show(entry);
  return { item, show };
}

/** @param {string} source */
function avatar(source) {
  const image = make('img', 'avatar');
  image.src = source;
  image.alt = '';
  return image;
}

/**
 * @param {string} text
 * @param {Speech} speech
 */
function speakButton(text, speech) {
  const words = make('span', 'speak-words', '朗读');
  let speaking = false;
  /** @param {boolean} now */
  const show = (now) => {
    speaking = now;
    words.textContent = now ? '停止' : '朗读';
    button.classList.toggle('speaking', now);
  };
  const button = makeButton('speak', '', () => {
    if (speaking) return speech.stop();
    speech.start(text, () => show(false));
    show(true);
  });
  button.append(make('span', 'speak-icon'), words);
  return button;
}
