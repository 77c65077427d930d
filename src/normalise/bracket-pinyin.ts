import { plainReadings } from './readings.ts';
import { type Edit, edits } from './trail.ts';

/** 機(jī)關(guān): text copied from some web pages carries the reading of a character in brackets behind it. */
const HAN_WITH_READING = /(?<=(\p{Script=Han}))[(]([a-z]{1,6})[)]/gu;

export function dropReadings(text: string): readonly Edit[] {
  if (!text.includes('(')) return [];
  return edits(text, HAN_WITH_READING, ([, han = '', reading = '']) =>
    plainReadings(han).includes(reading) ? '' : undefined,
  );
}
