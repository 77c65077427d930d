import { read, write } from './store.js';

/** Hexadecimal digits of 128 random bits. */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** This device's talker id: made once, kept, never shown. It is all that lets the server find this talk again. */
export function talkerId() {
  const kept = read('talker');
  if (typeof kept === 'string' && /^[0-9a-f]{32}$/.test(kept)) return kept;
  const made = randomId();
  write('talker', made);
  return made;
}
