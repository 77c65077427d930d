/** What is heard: the loudspeaker text of a fraud as a recording or, where nobody has read it out, by a machine voice. */
export { syllables } from './pinyin.ts';
export { findRecording } from './recordings.ts';
export { type Sound, soundForResidents, soundOf } from './sound-of.ts';
export { NoVoice, speak, type Voice } from './speak.ts';
export { spoken } from './spoken.ts';
