import type { Variant } from '../domain/index.ts';
import { foldWord } from './fold.ts';
import type { Edit } from './trail.ts';

const NEAR = 3;

interface Rule {
  readonly from: string;
  readonly to: string;
  readonly near: readonly string[];
  readonly not: readonly string[];
}

/**
 * Ways of writing that hide a word (薇信, 刷dan) become the word, by the table in `variants.yml`. The longest form at a
 * place wins. A form with `near` counts only beside one of those words; inside a word of `not` or `keep` it is left alone.
 */
export function createVariants(
  variants: readonly Variant[],
  keep: readonly string[],
): (text: string) => readonly Edit[] {
  const byFirst = new Map<string, Rule[]>();
  const kept = keep.map(foldWord);
  for (const variant of variants) {
    for (const form of variant.from) {
      const from = foldWord(form);
      const to = foldWord(variant.to);
      const first = from[0];
      if (first === undefined || from === to) continue;
      const rule = {
        from,
        to,
        near: variant.near.map(foldWord),
        not: [...variant.not.map(foldWord), ...kept].filter((word) => word.includes(from)),
      };
      byFirst.set(first, [...(byFirst.get(first) ?? []), rule]);
    }
  }
  for (const rules of byFirst.values()) rules.sort((a, b) => b.from.length - a.from.length);

  return (text) => {
    const found: Edit[] = [];
    for (let i = 0; i < text.length; ) {
      const rule = byFirst.get(text[i] ?? '')?.find((one) => applies(one, text, i));
      if (rule) found.push({ start: i, end: i + rule.from.length, to: rule.to });
      i += rule ? rule.from.length : 1;
    }
    return found;
  };
}

function applies(rule: Rule, text: string, at: number): boolean {
  if (!text.startsWith(rule.from, at)) return false;
  const end = at + rule.from.length;
  if (isLatin(rule.from) && (isLetter(text[at - 1]) || isLetter(text[end]))) return false;
  if (rule.not.some((word) => standsAround(word, rule.from, text, at))) return false;
  if (rule.near.length === 0) return true;
  const around = `${text.slice(Math.max(0, at - NEAR), at)}\0${text.slice(end, end + NEAR)}`;
  return rule.near.some((word) => around.includes(word));
}

const isLatin = (form: string): boolean => /^[a-z0-9]+$/.test(form);
const isLetter = (char: string | undefined): boolean => char !== undefined && /[a-z]/.test(char);

function standsAround(word: string, from: string, text: string, at: number): boolean {
  for (let k = word.indexOf(from); k >= 0; k = word.indexOf(from, k + 1))
    if (text.startsWith(word, at - k)) return true;
  return false;
}
