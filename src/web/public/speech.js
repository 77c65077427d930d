import { aloud } from './aloud.js';

/** Reads replies aloud in Mandarin, one at a time; undefined where the browser cannot. */
export function createSpeech() {
  if (!('speechSynthesis' in window) || !('SpeechSynthesisUtterance' in window)) return undefined;
  const synth = window.speechSynthesis;
  /** @type {(() => void) | undefined} */
  let onStop;

  function stop() {
    const told = onStop;
    onStop = undefined;
    synth.cancel();
    told?.();
  }

  /**
   * @param {string} text
   * @param {() => void} told
   */
  function start(text, told) {
    stop();
    onStop = told;
    const lines = aloud(text);
    lines.forEach((line, index) => {
      const utterance = new SpeechSynthesisUtterance(line);
      utterance.lang = 'zh-CN';
      utterance.rate = 0.9;
      const voice = synth.getVoices().find(({ lang }) => /^zh[-_]CN/i.test(lang));
      if (voice) utterance.voice = voice;
      const done = () => {
        if (onStop === told) stop();
      };
      if (index === lines.length - 1) utterance.addEventListener('end', done);
      utterance.addEventListener('error', done);
      synth.speak(utterance);
    });
  }

  addEventListener('pagehide', stop);
  return { start, stop };
}

/** @typedef {NonNullable<ReturnType<typeof createSpeech>>} Speech */
