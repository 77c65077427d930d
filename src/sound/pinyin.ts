import { pinyin } from 'pinyin-pro';

/**
 * Words that the dictionary reads wrongly where our texts use them. Each stands for its own characters, one syllable
 * each; a word further down wins.
 */
const WORDS: Readonly<Record<string, string>> = {
  着急: 'zhao2 ji2',
  找不着: 'zhao3 bu5 zhao2',
  答应: 'da1 ying5',
  中了大: 'zhong4 le5 da4',
  中了奖: 'zhong4 le5 jiang3',
  还钱: 'huan2 qian2',
  自己还: 'zi4 ji3 huan2',
  你还: 'ni3 hai2',
  还得: 'hai2 dei3',
  得还: 'dei3 huan2',
  得先: 'dei3 xian1',
  得你: 'dei3 ni3',
  得取: 'dei3 qu3',
  得本人: 'dei3 ben3 ren2',
  得再: 'dei3 zai4',
  得多: 'de5 duo1',
  得好: 'de5 hao3',
  得一清: 'de5 yi4 qing1',
  找活干: 'zhao3 huo2 gan4',
  别干: 'bie2 gan4',
  不干: 'bu2 gan4',
  差不多: 'cha4 bu5 duo1',
};

/** Letters as Chinese people name them, in syllables, so that no voice falls back to English. */
const LETTERS: Readonly<Record<string, string>> = {
  a: 'ei1',
  b: 'bi4',
  c: 'xi1',
  d: 'di4',
  e: 'yi4',
  f: 'ai2 fu5',
  g: 'ji4',
  h: 'ei1 chi5',
  i: 'ai4',
  j: 'zhei4',
  k: 'kei4',
  l: 'ai2 lou5',
  m: 'ai2 mu5',
  n: 'en1',
  o: 'ou1',
  p: 'pi4',
  q: 'kou4',
  r: 'a1 er5',
  s: 'ai2 si5',
  t: 'ti4',
  u: 'you1',
  v: 'wei1',
  w: 'da2 bu5 liu5',
  x: 'ai2 ke5 si5',
  y: 'wai4',
  z: 'zei4',
};

const CLAUSES = /([。！？；!?;…\n]+)|([，、：,:（）()“”"]+)|([^。！？；!?;…\n，、：,:（）()“”"]+)/gu;

/**
 * Numbered pinyin, one syllable a character, in which nothing but letters, tone digits, blanks, commas and full stops
 * occurs: `yin2 hang2 ka3 , …`. Digits and whatever has no Chinese sound are left out; see spoken() for the digits.
 */
export function syllables(text: string): string {
  const parts = Array.from(text.matchAll(CLAUSES), ([, end, pause, words]) => {
    if (end !== undefined) return '.';
    return pause !== undefined ? ',' : readClause(words ?? '');
  });
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .replace(/^[., ]+/, '')
    .replace(/[., ]*\.[., ]*/g, ' . ')
    .replace(/,( ,)+/g, ',')
    .trim();
}

/** Clause by clause: in longer texts the dictionary cuts words worse (银行 becomes yin2 xing2). */
function readClause(clause: string): string {
  const signs = [...clause];
  const read: readonly string[] = pinyin(clause, { type: 'array', toneType: 'num', v: true });
  const fixed = read.length === signs.length ? withOwnReadings(clause, read) : read;
  return fixed
    .map((one) => (SYLLABLE.test(one) ? one.replace(/0$/, '5') : (LETTERS[one.toLowerCase()] ?? '')))
    .filter((one) => one !== '')
    .join(' ');
}

const SYLLABLE = /^[a-z]+[0-5]$/;

function withOwnReadings(clause: string, read: readonly string[]): readonly string[] {
  const fixed = [...read];
  for (const [word, readings] of Object.entries(WORDS)) {
    for (let at = clause.indexOf(word); at >= 0; at = clause.indexOf(word, at + word.length)) {
      const place = [...clause.slice(0, at)].length;
      readings.split(' ').forEach((one, i) => {
        fixed[place + i] = one;
      });
    }
  }
  return fixed;
}
