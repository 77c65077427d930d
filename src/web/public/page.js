import { fetchAbout, UNTOLD } from './about.js';
import { createComposer } from './composer.js';
import { find } from './dom.js';
import { createHead } from './head.js';
import { createLog } from './log.js';
import { createMenu } from './menu.js';
import { createSamples } from './samples.js';
import { followEnd } from './scroll.js';
import { createSender } from './send.js';
import { createTypeSize } from './settings.js';
import { createSpeech } from './speech.js';
import { watch } from './store.js';
import { openStream } from './stream.js';
import { Talk } from './talk.js';
import { talkerId } from './talker.js';

const HOUR = 60 * 60 * 1000;
/** Two taps on a digit within this time are one. */
const DOUBLE_TAP = 800;

const talker = talkerId();
const talk = new Talk();
const head = createHead();
const scroll = followEnd(
  find('scroll', HTMLElement),
  find('newer', HTMLButtonElement),
  () => talk.entries.length === 0,
);
const speech = createSpeech();
const sender = createSender(talk, talker);
const samples = createSamples(say);
const log = createLog(find('list', HTMLElement), { name: UNTOLD.name, speech, onResend: resend, onDigit: sayDigit });
createTypeSize(() => scroll.following && scroll.toEnd());
createMenu(() => {
  speech?.stop();
  talk.clear();
});
createComposer(say);

/** @type {ReturnType<typeof setTimeout> | undefined} */
let patience;
let digitAt = 0;
let greeted = false;

talk.onChange = show;
watch('talk', () => talk.absorb());
setInterval(() => talk.age(), HOUR);
log.greet(UNTOLD.greeting);
show();
scroll.toEnd();

const stream = openStream(talker, {
  onReply: (reply) => talk.hear(reply),
  onUp() {
    head.showLine(true);
    sender.retry();
    samples.load();
    greet();
  },
  onDown: () => head.showLine(false),
});
addEventListener('online', () => sender.retry());
samples.load();
greet();

/** Shows the talk as it now is, and brings what is new into view. */
function show() {
  const added = log.show(talk.entries);
  const newest = added[added.length - 1];
  samples.showEmpty(talk.entries.length === 0);
  if (newest?.classList.contains('bot')) scroll.toReply(newest);
  else if (newest) scroll.toEnd();
  expectAnswer();
}

/** Says that the other is typing while an answer is due; when it stays out, the line may be dead, so dials anew. */
function expectAnswer() {
  const left = talk.awaitedUntil - Date.now();
  clearTimeout(patience);
  head.showTyping(left > 0);
  if (left <= 0) return;
  patience = setTimeout(() => {
    head.showTyping(false);
    stream.refresh();
  }, left);
}

/** @param {string} text */
function say(text) {
  sender.send(talk.say(text));
}

/** @param {string} digit */
function sayDigit(digit) {
  if (Date.now() - digitAt < DOUBLE_TAP) return;
  digitAt = Date.now();
  say(digit);
}

/** @param {string} key */
function resend(key) {
  const entry = talk.entries.find((one) => one.key === key);
  if (entry) sender.send(entry);
}

/** Greets in the server's words as soon as it can be reached. */
async function greet() {
  if (greeted) return;
  const about = await fetchAbout();
  if (!about || greeted) return;
  greeted = true;
  head.showAbout(about);
  if (about.greeting !== UNTOLD.greeting) log.greet(about.greeting);
  if (scroll.following) scroll.toEnd();
}
