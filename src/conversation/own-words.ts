import type { Mind } from './understand.ts';

/** How our warnings begin. */
const OPENINGS = /^【(?:高危|可疑|没认出|急救|请接听|请留意|先别急|提醒)】/;
/** And how they go on; a swindler who borrows an opening would have to send people to the police as well. */
const GOES_ON = /96110|110|不听、不信、不转账、不汇款/;

/** Whether a text is one of ours that came back: quoted, forwarded, or said by another copy of this bot. */
export function isOwnWords(text: string, mind: Mind): boolean {
  const bare = text.trim();
  if (OPENINGS.test(bare) && GOES_ON.test(bare)) return true;
  const [first = ''] = bare.split('\n');
  return first.length >= MEANINGFUL && mind.fixedOpenings.has(first.trim());
}

/** Shorter first lines also stand at the beginning of what people write. */
export const MEANINGFUL = 6;
