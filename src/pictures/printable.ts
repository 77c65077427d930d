import type { Fault } from '../domain/index.ts';
import { missingCharacters } from './font.ts';

/** One line without signs that draw nothing, among them those that turn the direction of writing. */
export function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cf}\p{Cs}]|\p{Variation_Selector}/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
}

/** 2026-11-24, 2026-11 and 2026 as people say them; anything else stays. */
export function dayInWords(day: string): string {
  return day.replace(/^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/, (_, year: string, month?: string, date?: string) =>
    [`${year}年`, month && `${Number(month)}月`, date && `${Number(date)}日`].join(''),
  );
}

/** The fault of a part that holds characters without a glyph, and names them all; none when it can be printed. */
export async function unprintable(where: string, part: unknown): Promise<readonly Fault[]> {
  const missing = await missingCharacters(JSON.stringify(part));
  if (missing.length === 0) return [];
  const named = missing.map((sign) => `“${sign}”（${codeOf(sign)}）`).join('、');
  return [{ where, what: `字体里没有${named}`, cure: '换成常用字，不用表情和外文字母' }];
}

function codeOf(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
