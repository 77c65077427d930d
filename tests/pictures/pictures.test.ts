import { describe, expect, test } from 'vitest';
import type { Fraud } from '../../src/domain/index.ts';
import { OperatorFault } from '../../src/domain/index.ts';
import { contentOf, SLOGAN } from '../../src/pictures/content.ts';
import { fontPath, missingCharacters } from '../../src/pictures/font.ts';
import { type Imprint, PICTURE_FORMATS, type PictureFormat, printPicture } from '../../src/pictures/index.ts';
import { drawPicture, fitsInto } from '../../src/pictures/print.ts';
import { needed, type Placed } from '../../src/pictures/render.ts';
import { knowledge } from '../knowledge-base.ts';
import { codeIn, unpack } from './read-picture.ts';

const { frauds } = knowledge;
const IMPRINT: Imprint = {
  county: '西平县',
  entry: '微信搜“西平人大”公众号',
  entryUrl: 'https://example.gov.cn/fanzha',
  date: '2026-11-24',
};
/** The longest that the settings allow. */
const LONGEST: Imprint = {
  county: '双江拉祜族佤族布朗族傣县',
  entry: '打开微信，搜公众号“双江县人大常委会”，关注以后把收到的话原样发过来问一问啦啦',
  entryUrl: `https://example.gov.cn/fanzha?from=${'aB3_'.repeat(80)}`.slice(0, 300),
  date: '2026-11-24',
};
const SIZES: Readonly<Record<PictureFormat, readonly [number, number]>> = {
  card: [750, 1180],
  led: [1920, 1080],
  board: [1754, 2480],
  banner: [4800, 600],
};

const fraudOf = (id: string): Fraud => {
  const found = frauds.find((one) => one.id === id);
  if (!found) throw new Error(`no fraud ${id}`);
  return found;
};
const core = fraudOf('impersonate-police');
const lengthOf = ({ name, what, seeThrough, now, cases }: Fraud): number =>
  [name, ...what, ...seeThrough, ...now, cases[0]?.story ?? '', cases[0]?.loss ?? ''].join('').length;
/** The most text there is, and the longest line for screens and banners. */
const fullest = frauds.reduce((most, one) => (lengthOf(one) > lengthOf(most) ? one : most));
const longestLine = frauds.reduce((most, one) => (one.tip.led.length > most.tip.led.length ? one : most));

async function faultOf(work: Promise<unknown>): Promise<OperatorFault> {
  const error = await work.then(() => undefined).catch((reason: unknown) => reason);
  if (!(error instanceof OperatorFault)) throw new Error(`no operator's fault: ${String(error)}`);
  return error;
}

describe('a picture', () => {
  test.each(PICTURE_FORMATS)('%s has its size, weighs at most 400 KB, and its code can be read', async (format) => {
    for (const fraud of new Set([core, fullest, longestLine])) {
      const png = await printPicture(fraud, format, IMPRINT);
      const picture = unpack(png);
      expect([picture.width, picture.height]).toEqual(SIZES[format]);
      expect(png.length).toBeLessThanOrEqual(400_000);
      if (format === 'card' || format === 'board') expect(codeIn(picture)).toBe(IMPRINT.entryUrl);
    }
  });

  test('loses nothing but a shade when it is packed', async () => {
    const [drawn, packed] = [
      await drawPicture(core, 'card', IMPRINT),
      unpack(await printPicture(core, 'card', IMPRINT)),
    ];
    let worst = 0;
    for (let i = 0; i < drawn.rgba.length; i += 1)
      worst = Math.max(worst, Math.abs((drawn.rgba[i] ?? 0) - (packed.rgba[i] ?? 0)));
    expect(worst).toBeLessThan(32);
    expect(packed.rgba.subarray(0, 4)).toEqual(drawn.rgba.subarray(0, 4));
  });

  test('with the longest county, entry and address still has all in its place, and the code reads', async () => {
    for (const format of ['card', 'board'] as const)
      expect(codeIn(await drawPicture(fullest, format, LONGEST))).toBe(LONGEST.entryUrl);
  });

  test('without an address carries the words only', async () => {
    const texts = await placedIn(core, 'card', { ...IMPRINT, entryUrl: undefined });
    expect(texts.map((one) => one.text).join('')).toContain(IMPRINT.entry);
    expect(codeIn(await drawPicture(core, 'card', { ...IMPRINT, entryUrl: undefined }))).toBeUndefined();
  });

  test.each(['card', 'led', 'board'] as const)('%s says the slogan letter for letter', async (format) => {
    expect(SLOGAN).toBe('不听、不信、不转账、不汇款');
    expect((await placedIn(core, format, IMPRINT)).map((one) => one.text)).toContain(SLOGAN);
  });

  test.each(['card', 'board'] as const)('%s tells county, source, both numbers and the day', async (format) => {
    const all = (await placedIn(core, format, IMPRINT)).map((one) => one.text).join('');
    for (const words of ['西平县反诈宣传', core.sources[0]?.publisher ?? '', '110', '96110', '2026年11月24日'])
      expect(all).toContain(words);
  });
});

describe('the text of every fraud', () => {
  test.each(PICTURE_FORMATS)('fits into %s, also with the longest county, entry and address', async (format) => {
    for (const fraud of frauds)
      for (const imprint of [IMPRINT, LONGEST, { ...LONGEST, entryUrl: undefined }])
        expect(await fitsInto(fraud, format, imprint), fraud.id).toBe(true);
  });

  test.each(PICTURE_FORMATS)('stays inside %s, and no line covers another', async (format) => {
    const [width, height] = SIZES[format];
    for (const [fraud, imprint] of [
      [fullest, LONGEST],
      [longestLine, LONGEST],
      [core, IMPRINT],
    ] as const) {
      const texts = await placedIn(fraud, format, imprint);
      expect(texts.length).toBeGreaterThan(2);
      for (const one of texts) {
        expect(one.left, one.text).toBeGreaterThanOrEqual(0);
        expect(one.top, one.text).toBeGreaterThanOrEqual(0);
        expect(one.left + one.width, one.text).toBeLessThanOrEqual(width);
        expect(one.top + one.height, one.text).toBeLessThanOrEqual(height);
        expect(texts.filter((other) => other !== one && overlap(one, other)).map((other) => other.text)).toEqual([]);
      }
    }
  });

  test('has a glyph for every character', async () => {
    for (const fraud of frauds) await expect(contentOf(fraud, IMPRINT), fraud.id).resolves.toBeDefined();
  });

  test('is at most three lines on a screen', async () => {
    for (const fraud of [core, longestLine]) {
      const large = (await placedIn(fraud, 'led', IMPRINT)).filter((one) => one.height > 100);
      expect(large.length).toBeGreaterThan(0);
      expect(large.length).toBeLessThanOrEqual(3);
    }
  });
});

describe('what cannot be printed is told with its cure', () => {
  test('a character without a glyph: the file of the fraud and the character', async () => {
    const odd = { ...core, now: ['先停一停😀。'] };
    const { faults } = await faultOf(printPicture(odd, 'card', IMPRINT));
    expect(faults).toMatchObject([{ where: 'frauds/impersonate-police.yml' }]);
    expect(faults[0]?.what).toContain('😀');
    expect(faults[0]?.cure).not.toBe('');
  });

  test('a county in letters that run from right to left: the setting', async () => {
    const { faults } = await faultOf(printPicture(core, 'card', { ...IMPRINT, county: 'مقاطعة' }));
    expect(faults[0]?.where).toBe('FANZHA_COUNTY');
  });

  test('far too much text: the file', async () => {
    const endless = { ...core, seeThrough: Array.from({ length: 40 }, () => '世上没有“安全账户”，谁说谁是骗子。') };
    expect((await faultOf(printPicture(endless, 'board', IMPRINT))).message).toMatch(/impersonate-police.*放不下/s);
  });

  test('a library or a font that was left out at installation: how to install it', async () => {
    const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    expect((await faultOf(needed('satori', Promise.reject(missing)))).message).toMatch(/satori.*npm ci/s);
    const nowhere = (): string => {
      throw missing;
    };
    expect(() => fontPath(700, nowhere)).toThrow(/npm ci/);
  });

  test('any other failure of a library stays what it is', async () => {
    await expect(needed('satori', Promise.reject(new TypeError('broken')))).rejects.toThrow(TypeError);
  });
});

describe('hostile settings', () => {
  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['braces and quotes', '{{县}}"\'&lt;'],
    ['line ends and tabs', '西平\n\n\t县\u0000'],
    ['signs that turn the direction', '\u202E县平西\u2066'],
    ['one very long name', '西'.repeat(60)],
  ])('%s in the name of the county is only text in its line', async (_, county) => {
    for (const format of ['card', 'led', 'banner'] as const) {
      const texts = await placedIn(core, format, { ...IMPRINT, county });
      const [width] = SIZES[format];
      for (const one of texts) expect(one.left + one.width, one.text).toBeLessThanOrEqual(width);
      expect(texts.map((one) => one.text).join('')).not.toMatch(/\p{C}/u);
    }
  });
});

test('the font tells the characters that it lacks, each once', async () => {
  expect(await missingCharacters('中文 abc ①②③\n')).toEqual([]);
  expect(await missingCharacters('好😀好😀ع')).toEqual(['😀', 'ع']);
});

async function placedIn(fraud: Fraud, format: PictureFormat, imprint: Imprint): Promise<readonly Placed[]> {
  const placed: Placed[] = [];
  await drawPicture(fraud, format, imprint, (one) => placed.push(one));
  return placed.filter((one) => typeof one.text === 'string' && one.text !== '');
}

/** A sign whose empty half was taken out stands over the empty half of its neighbour in the same line. */
function overlap(one: Placed, other: Placed): boolean {
  const half = one.top === other.top ? one.height / 2 : 0;
  return (
    one.left < other.left + other.width - half &&
    other.left < one.left + one.width - half &&
    one.top < other.top + other.height &&
    other.top < one.top + one.height
  );
}
