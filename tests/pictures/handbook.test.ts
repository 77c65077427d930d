import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { handbook } from '../../src/commands/handbook.ts';
import { readConfig } from '../../src/config/index.ts';
import { type Fraud, OperatorFault } from '../../src/domain/index.ts';
import { COLOURS, FOOT, PAGE, WORDS_ON_GROUNDS } from '../../src/pictures/handbook/look.ts';
import { openPaper } from '../../src/pictures/handbook/paper.ts';
import { createTypesetter } from '../../src/pictures/handbook/typesetter.ts';
import { printHandbook } from '../../src/pictures/index.ts';
import type { Pixels } from '../../src/pictures/render.ts';
import { KNOWLEDGE_FOLDER, knowledge } from '../knowledge-base.ts';
import { readPdf, wordsOf } from './pdf-reader.ts';
import { codeIn } from './read-picture.ts';

const SLOGAN = '不听、不信、不转账、不汇款。';
const IMPRINT = {
  county: '西平县',
  entry: '微信搜“西平人大”公众号，把收到的话发给它',
  entryUrl: 'https://example.gov.cn/fanzha',
  date: '2026-11-24',
};
const POPPLER = spawnSync('pdftotext', ['-v']).error === undefined;

const folder = await mkdtemp(join(tmpdir(), 'fanzha-handbook-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const file = await printHandbook(knowledge, IMPRINT);
const book = readPdf(file);
const { frauds, quiz } = knowledge;
const bare = (text: string): string => text.replace(/\s/g, '');
/** Whose page it is: of all pages only its own one shows the name as a title. */
const pagesOf = ({ name }: Fraud): readonly number[] =>
  book.pages.flatMap((page, i) =>
    page.some(({ size }) => size >= 18) && wordsOf(page.filter(({ size }) => size >= 18)) === bare(name) ? [i] : [],
  );
const short = { ...knowledge, frauds: frauds.slice(0, 2), quiz: [] };
const printed = async (changes: Partial<typeof knowledge>, imprint: Partial<typeof IMPRINT> = {}) =>
  readPdf(await printHandbook({ ...short, ...changes }, { ...IMPRINT, ...imprint }));
const withFirst = (changes: Partial<Fraud>): { frauds: readonly Fraud[] } => ({
  frauds: frauds.slice(0, 1).map((fraud) => ({ ...fraud, ...changes })),
});

describe('the handbook', () => {
  test('gives every fraud one page of its own, and says all that helps there', () => {
    for (const fraud of frauds) {
      const pages = pagesOf(fraud);
      expect(pages, fraud.id).toHaveLength(1);
      const words = wordsOf(book.pages[pages[0] ?? 0]);
      for (const line of [...fraud.what, ...fraud.how, ...fraud.seeThrough, ...fraud.now])
        expect(words, fraud.id).toContain(bare(line));
      const [example] = fraud.cases;
      if (example) for (const told of [example.place, example.story, example.loss]) expect(words).toContain(bare(told));
      expect(words, fraud.id).toMatch(/依据：|案例：/);
    }
  });

  test('begins with the three that everybody must know', () => {
    const core = ['impersonate-leader', 'impersonate-police', 'email'];
    const inOrder = [...frauds].sort((a, b) => (pagesOf(a)[0] ?? 0) - (pagesOf(b)[0] ?? 0)).map(({ id }) => id);
    expect(inOrder.slice(0, 3)).toEqual(core);
    const families = inOrder.filter((id) => frauds.some((one) => one.id === id && !one.core && one.family === id));
    expect(inOrder.slice(3, 3 + families.length)).toEqual(families);
  });

  test('is set in type that old people read: the text of an entry never below 11 points', () => {
    for (const fraud of frauds) {
      const page = book.pages[pagesOf(fraud)[0] ?? 0] ?? [];
      const line = page.find(({ text }) => bare(fraud.how[0] ?? '').startsWith(bare(text)) && text.length > 1);
      expect(line?.size, fraud.id).toBeGreaterThanOrEqual(11);
    }
  });

  test('keeps all words on the page, and the text clear of the foot', () => {
    for (const [i, page] of book.pages.entries())
      for (const { text, left, right, baseline } of page) {
        const where = `page ${i + 1}: ${text}`;
        expect(left, where).toBeGreaterThanOrEqual(20);
        expect(right, where).toBeLessThanOrEqual(PAGE.width - 20);
        expect(baseline, where).toBeGreaterThan(20);
        if (i > 0) expect(baseline < FOOT - 12 || Math.abs(baseline - FOOT) < 0.01, where).toBe(true);
      }
  });

  test('never begins a line with a closing mark, nor ends one with an opening mark', () => {
    const lines = book.pages.flatMap((page) => {
      const byLine = new Map<number, string>();
      for (const { text, baseline } of page) byLine.set(baseline, (byLine.get(baseline) ?? '') + text);
      return [...byLine.values()];
    });
    expect(lines.length).toBeGreaterThan(1_000);
    expect(lines.filter((line) => /^[，。、；：！？”’）》]|[“‘（《]$/.test(line))).toEqual([]);
  });

  test('has a cover with title, county, slogan and the day', () => {
    const cover = wordsOf(book.pages[0]);
    for (const words of [
      '反诈知识手册',
      '西平县',
      SLOGAN,
      '看得到、听得到、问得到',
      '2026年11月24日',
      bare(IMPRINT.entry),
    ])
      expect(cover).toContain(words);
    expect(book.addresses).toEqual([IMPRINT.entryUrl]);
  });

  test('numbers its pages, and repeats the slogan on each', () => {
    for (const [i, page] of book.pages.entries()) {
      if (i === 0) continue;
      const foot = page.filter(({ baseline }) => Math.abs(baseline - FOOT) < 0.01).map(({ text }) => text);
      expect(foot.sort().join(' ')).toBe([String(i + 1), SLOGAN].sort().join(' '));
    }
  });

  test('tells in the contents on which page everything is', () => {
    const words = book.pages.slice(1, 4).map(wordsOf).join('');
    for (const fraud of frauds) expect(words).toContain(`${bare(fraud.name)}${(pagesOf(fraud)[0] ?? 0) + 1}`);
  });

  test('leads every link to a page that is there', () => {
    expect(new Set(book.links).size).toBeGreaterThan(frauds.length);
    expect([...new Set(book.links)].filter((link) => !book.names.includes(link))).toEqual([]);
  });

  test('has a bookmark for every entry and chapter', () => {
    for (const { name } of frauds) expect(book.bookmarks).toContain(name);
    for (const title of ['目录', '已经出事了怎么办', '记住这几个号码', '考考自己', '答案', '按名字找'])
      expect(book.bookmarks).toContain(title);
  });

  test('tells what to do when it has happened, what to say and what to keep', () => {
    const words = book.pages.map(wordsOf).join('');
    const { situations, reportToPolice, keepEvidence, afterwards } = knowledge.firstAid;
    const steps = situations.flatMap(({ name, first, steps }) => [name, first, ...steps]);
    for (const line of [...steps, ...reportToPolice, ...keepEvidence, ...afterwards])
      expect(words).toContain(bare(line));
  });

  test('prints only the numbers that somebody has checked', () => {
    const large = book.pages.flatMap((page) => page.filter(({ size }) => size >= 26)).map(({ text }) => text);
    expect(large).toEqual(
      expect.arrayContaining(knowledge.contacts.filter((one) => one.verified).map((one) => one.number)),
    );
    for (const { number } of knowledge.contacts.filter((one) => !one.verified)) expect(large).not.toContain(number);
  });

  test('asks at most 24 questions, and answers them on pages behind them', () => {
    const at = (title: string): number =>
      book.pages.findIndex((page) => page.some((run) => run.size === 24 && run.text === title));
    const [questions, answers, index] = ['考考自己', '答案', '按名字找'].map(at);
    expect(quiz.length).toBeGreaterThan(0);
    const asked = book.pages.slice(questions, answers).map(wordsOf).join('');
    const answered = book.pages.slice(answers, index).map(wordsOf).join('');
    const chosen = quiz.filter(({ ask }) => asked.includes(bare(ask)));
    expect(chosen).toHaveLength(Math.min(24, quiz.length));
    for (const { options, answer, why } of chosen) {
      expect(answered).toContain(`选${answer}：${bare(options[answer - 1] ?? '')}`);
      expect(answered).toContain(bare(why));
      expect(asked).not.toContain(bare(why));
    }
  });

  test('finds a fraud by each of its names', () => {
    const from = book.pages.findIndex((page) => page.some((run) => run.size === 24 && run.text === '按名字找'));
    const index = book.pages.slice(from).map(wordsOf).join('\n');
    for (const fraud of frauds)
      for (const name of [fraud.short, ...fraud.aliases]) {
        const page = (pagesOf(fraud)[0] ?? 0) + 1;
        expect(index).toMatch(new RegExp(`${bare(name).replace(/[.*+?^$()[\]{}|\\]/g, '\\$&')}(?:\\d+、)*${page}`));
      }
  });

  test('names its title, author and language, and nothing of the machine', () => {
    expect(book.source).toContain('/Lang (zh-CN)');
    expect(utf16(book.source, '反诈知识手册')).toBe(true);
    expect(utf16(book.source, '西平县')).toBe(true);
    expect(book.source).not.toContain(folder);
  });

  test('embeds only the glyphs that it uses, and stays far below two megabytes', () => {
    expect(file.length).toBeLessThan(2 * 1024 * 1024);
    expect(book.source.match(/\/BaseFont \/[A-Z]{6}\+NotoSansSC-(?:Regular|Bold)/g)).toHaveLength(4);
  });

  test('is the same file when it is printed again', async () => {
    expect((await printHandbook(knowledge, IMPRINT)).equals(file)).toBe(true);
  });

  test.skipIf(!POPPLER)('is read by another program in right characters', async () => {
    const path = join(folder, 'book.pdf');
    await writeFile(path, file);
    const text = bare(execFileSync('pdftotext', ['-enc', 'UTF-8', path, '-'], { encoding: 'utf8' }));
    for (const { name } of frauds) expect(text).toContain(bare(name));
    expect(text.split(SLOGAN).length).toBeGreaterThan(book.pages.length - 1);
    const info = execFileSync('pdfinfo', [path], { encoding: 'utf8' });
    expect(info).toMatch(/Title:\s+反诈知识手册/);
    expect(info).toMatch(/Author:\s+西平县/);
    expect(info).toMatch(new RegExp(`Pages:\\s+${book.pages.length}`));
  });

  test.skipIf(!POPPLER).each([
    ['an ordinary address', IMPRINT.entryUrl],
    ['the longest address that a setting may hold', `https://example.gov.cn/${'a'.repeat(277)}`],
  ])('carries a code on its cover that a telephone reads: %s', async (_, entryUrl) => {
    const path = join(folder, 'cover.pdf');
    await writeFile(path, await printHandbook(short, { ...IMPRINT, entryUrl }));
    const picture = execFileSync('pdftoppm', ['-r', '200', '-f', '1', '-l', '1', path], {
      maxBuffer: 32 * 1024 * 1024,
    });
    expect(codeIn(pixelsOf(picture))).toBe(entryUrl);
  });
});

describe('with unusual material', () => {
  test('no questions: there is no quiz', async () => {
    const { bookmarks } = await printed({ quiz: [] });
    expect(bookmarks).not.toContain('考考自己');
    expect(bookmarks).toContain('按名字找');
  });

  test('a county of twelve and an entry of forty characters stand on the cover', async () => {
    const [county, entry] = [
      '巴音郭楞蒙古自治州博湖县',
      '微信里搜“巴音郭楞人大”这个公众号，再把您收到的话和截图一起发给它看一看，马上回答',
    ];
    const { pages } = await printed({}, { county, entry });
    expect(wordsOf(pages[0])).toContain(county);
    expect(wordsOf(pages[0])).toContain(entry);
    expect(Math.max(...(pages[0] ?? []).map(({ right }) => right))).toBeLessThan(PAGE.width - 20);
    const lowest = pages[0]?.filter(({ text }) => entry.includes(text)).map(({ baseline }) => baseline) ?? [];
    expect(Math.max(...lowest)).toBeLessThan(PAGE.height - 80);
  });

  test('no address: no code and no link, the words stay', async () => {
    const base = { ...short };
    const { pages, addresses } = readPdf(await printHandbook(base, { ...IMPRINT, entryUrl: undefined }));
    expect(addresses).toEqual([]);
    expect(wordsOf(pages[0])).toContain(bare(IMPRINT.entry));
    expect(wordsOf(pages[0])).not.toContain('扫右边的码');
  });

  test('an address that is no web page is drawn as a code and never made a link', async () => {
    expect((await printed({}, { entryUrl: 'javascript:alert(1)' })).addresses).toEqual([]);
  });

  test('no checked numbers: no page for them', async () => {
    expect((await printed({ contacts: [] })).bookmarks).not.toContain('记住这几个号码');
  });

  test('marks that turn the writing, line ends and brackets of the format do no harm', async () => {
    const name = '\u202e假)\\(\n警\u200b察 >> endobj';
    const { bookmarks, pages } = await printed(withFirst({ name, short: '\u0007假警察' }), {
      county: '西平\u2066县\u0000',
    });
    expect(bookmarks).toContain('假)\\( 警察 >> endobj');
    expect(pages.flat().some(({ text }) => text === '假)\\( 警察 >> endobj')).toBe(true);
    expect(pages.flat().some(({ text }) => /[\u202e\u200b\u2066\ufffd]/.test(text))).toBe(false);
  });

  test('a run of Latin letters wider than the line is cut, not printed over the edge', async () => {
    const { pages } = await printed(withFirst({ how: ['a'.repeat(120), '再要钱'] }));
    expect(Math.max(...pages.flat().map(({ right }) => right))).toBeLessThan(PAGE.width - 20);
  });

  test('a character that the font lacks is named with its place', async () => {
    const { message } = await faultOf(printed(withFirst({ how: ['发来一个🧧链接', '再要钱'] })));
    expect(message).toContain('🧧');
    expect(message).toContain('U+1F9E7');
    expect(message).toContain(`frauds/${frauds[0]?.id}.yml`);
    expect((await faultOf(printed({}, { county: '西平县😀' }))).message).toContain('FANZHA_COUNTY');
  });

  test('a fraud that no page holds is named', async () => {
    const { message } = await faultOf(
      printed(withFirst({ how: Array.from({ length: 60 }, () => '这句话说得很长很长，一行都放不下。') })),
    );
    expect(message).toContain('一页放不下这种骗局');
  });

  test('without pdfkit it tells how to get it', async () => {
    const missing = () => Promise.reject(Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' }));
    const { message } = await faultOf(openPaper({ title: '', author: '', date: new Date(0) }, missing));
    expect(message).toContain('pdfkit');
    expect(message).toContain('npm ci');
  });
});

describe('the look', () => {
  test.each(WORDS_ON_GROUNDS)('words in %s on %s have a contrast of seven', (words, ground) => {
    expect(contrast(words, ground)).toBeGreaterThanOrEqual(7);
  });
  test('is judged by a rule that refuses grey on white', () => {
    expect(contrast('#767676', COLOURS.white)).toBeLessThan(7);
  });
  test('takes away the blank half between two marks and at the edges, and says the width that is printed', async () => {
    const setter = await createTypesetter();
    const type = { weight: 400, size: 10, colour: COLOURS.ink, leading: 1.5 } as const;
    expect(setter.line('转到“账户”，', type).width).toBeCloseTo(10 * 6, 5);
    expect(setter.line('“账户', type).runs[0]?.at).toBe(-5);
  });
});

describe('the command', () => {
  const config = readConfig({ FANZHA_KNOWLEDGE_DIR: KNOWLEDGE_FOLDER }, '/nowhere');
  const quiet = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  afterAll(() => quiet.mockRestore());

  test('writes the whole file and leaves nothing beside it', async () => {
    const inside = await mkdtemp(join(folder, 'out-'));
    await handbook({ out: join(inside, '手册.pdf') }, config);
    expect(await readdir(inside)).toEqual(['手册.pdf']);
    expect((await readFile(join(inside, '手册.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('asks for the name of the file', async () => {
    expect((await faultOf(handbook({}, config))).message).toContain('--out');
  });

  test('names a folder that is not there', async () => {
    expect((await faultOf(handbook({ out: join(folder, 'nowhere', 'a.pdf') }, config))).message).toContain(
      '没有这个文件夹',
    );
  });

  test.skipIf(process.getuid?.() === 0)('names a folder that is not ours', async () => {
    const closed = await mkdtemp(join(folder, 'closed-'));
    await chmod(closed, 0o500);
    expect((await faultOf(handbook({ out: join(closed, 'a.pdf') }, config))).message).toContain('没有权限');
    expect(await readdir(closed)).toEqual([]);
  });
});

async function faultOf(work: Promise<unknown>): Promise<OperatorFault> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof OperatorFault) return error;
  throw new Error('there was no operator fault', { cause: error });
}

/** A picture as pdftoppm writes it: P6, width, height, 255, then three bytes for each point. */
function pixelsOf(picture: Buffer): Pixels {
  const [head = '', width, height] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(picture.toString('latin1', 0, 40)) ?? [];
  const rgba = Buffer.alloc(4 * Number(width) * Number(height), 255);
  for (let at = 0; 4 * at < rgba.length; at += 1)
    picture.copy(rgba, 4 * at, head.length + 3 * at, head.length + 3 * at + 3);
  return { width: Number(width), height: Number(height), rgba };
}

/** Whether words stand in a file as PDF keeps them: two bytes per character. */
function utf16(source: string, words: string): boolean {
  const bytes = Buffer.from(words, 'utf16le').swap16().toString('latin1');
  return source.includes(bytes.replace(/[\\()]/g, (sign) => `\\${sign}`));
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
