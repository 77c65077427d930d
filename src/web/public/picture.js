import { make, makeButton } from './dom.js';

/** Nothing but a picture of this very server: no host, no other folder, no query. */
const PICTURE = /^\/pictures\/[a-z0-9]+(?:-[a-z0-9]+)*-(card|led|board|banner)\.png$/;
/** What is shown before the picture has come, for readers who do not see it and when it does not come. */
const NAMES = { card: '反诈宣传图', led: '电子屏宣传图', board: '展板宣传图', banner: '横幅宣传图' };

/** @param {string} line */
export function isPicture(line) {
  return PICTURE.test(line);
}

/**
 * The parts of a reply in their order: words as text, and a picture in place of each line that is the path of one.
 * @param {string} text
 * @returns {HTMLElement[]}
 */
export function wordsAndPictures(text) {
  /** @type {HTMLElement[]} */
  const parts = [];
  /** @type {string[]} */
  let words = [];
  const endWords = () => {
    if (words.some((line) => line.trim())) parts.push(make('p', 'words', words.join('\n')));
    words = [];
  };
  for (const line of text.split('\n')) {
    const format = /** @type {keyof typeof NAMES | undefined} */ (PICTURE.exec(line)?.[1]);
    if (format) {
      endWords();
      parts.push(picture(line, format));
    } else words.push(line);
  }
  endWords();
  return parts;
}

/**
 * @param {string} path
 * @param {keyof typeof NAMES} format
 */
function picture(path, format) {
  const figure = make('figure', `picture picture-${format}`);
  const image = make('img', 'picture-image');
  image.alt = NAMES[format];
  image.decoding = 'async';
  image.src = path;
  const whole = make('a', 'picture-link');
  whole.href = path;
  whole.target = '_blank';
  whole.rel = 'noopener';
  whole.append(image);
  const save = make('a', 'picture-save', '保存图片');
  save.href = path;
  save.download = path.slice(path.lastIndexOf('/') + 1);
  const again = makeButton('picture-again', '图片没打开，点此再试', () => {
    figure.classList.remove('missing');
    image.src = `${path}?again=${Date.now()}`;
  });
  image.addEventListener('error', () => figure.classList.add('missing'));
  figure.append(whole, again, save);
  return figure;
}
