import type { KnowledgeBase } from '../domain/index.ts';

/** Fills `{…}` in a sentence of `wording.yml`. A place without a value is a fault of ours. */
export type Say = (key: string, values?: Readonly<Record<string, string>>) => string;

export function createSay(base: KnowledgeBase, county: string): Say {
  return (key, values = {}) => {
    const sentence = base.wording[key];
    if (sentence === undefined) throw new Error(`wording.yml has no sentence “${key}”`);
    const known: Readonly<Record<string, string>> = { 县名: county, 版本: base.version, ...values };
    const filled = sentence.trim().replace(/\{([^{}]+)\}/g, (place, name: string) => {
      const value = known[name];
      if (value === undefined) throw new Error(`the sentence “${key}” has a place ${place} that nobody fills`);
      return value;
    });
    // Some names end with the word that stands behind them: “邮件诈骗”诈骗.
    return filled.replace(/(诈骗|骗局)”诈骗/g, '$1”');
  };
}

const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩';

/** ①甲 ②乙 ③丙 */
export function circled(items: readonly string[]): string {
  return items.map((item, i) => `${CIRCLED[i] ?? ''}${item}`).join(' ');
}

/** 1. 甲 — one line each. */
export function numbered(items: readonly string[]): string {
  return items.map((item, i) => `${i + 1}. ${item}`).join('\n');
}
