import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatFault, type KnowledgeBase } from '../../src/domain/index.ts';
import { type Allowed, readKnowledge } from '../../src/knowledge/index.ts';
import { KNOWLEDGE_FOLDER } from '../knowledge-base.ts';

type Change = readonly [file: string, change: (text: string) => string];

const VIDEOS: Allowed = { videoHosts: ['v.example.gov.cn'] };

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanzha-lessons-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The project's knowledge with all these changes, and what the check says of them at once. */
async function changed(
  changes: readonly Change[],
  allowed: Allowed = VIDEOS,
): Promise<{ readonly base: KnowledgeBase | undefined; readonly faults: readonly string[] }> {
  await rm(folder, { recursive: true, force: true });
  await cp(KNOWLEDGE_FOLDER, folder, { recursive: true });
  for (const [file, change] of changes) {
    const before = await readFile(join(folder, file), 'utf8');
    const anew = change(before);
    expect(anew, `the test must change ${file}`).not.toBe(before);
    await writeFile(join(folder, file), anew);
  }
  const { base, faults } = await readKnowledge(folder, allowed);
  return { base, faults: faults.map(formatFault) };
}

/** Writes the first line that holds this field anew. */
const field = (name: string, by: string) => (text: string) =>
  text.replace(new RegExp(`^( *(?:- )?)${name}:.*$`, 'm'), `$1${by}`);
/** Of the first question. */
const options = (list: string, answer: number) => (text: string) =>
  text.replace(/options:\n(?: +- .*\n)+( +)answer: \d/, `options: [${list}]\n$1answer: ${answer}`);
const firstLine = (by: string) => (text: string) => text.replace(/^text:\n.*$/m, `text:\n${by}`);
const video = (link: string) => (text: string) => text.replace(/^about:/m, `video: ${link}\nabout:`);
const withoutLastQuestion = (text: string) => {
  const last = text.lastIndexOf('  - id: ');
  return text.slice(0, last) + text.slice(text.indexOf('sources:', last));
};

describe('of a file that cannot be read the check says', () => {
  const cases: readonly [string, ...Change, RegExp][] = [
    [
      'that no answer is marked as the right one',
      'lessons/01.yml',
      field('answer', '# '),
      /^lessons\/01\.yml:\d+ {2}“questions \/ 第1项”没写明第几个答案对。怎么改：写一行 answer: 2/,
    ],
    [
      'that the right answer is a number, not a letter',
      'quiz/help.yml',
      field('answer', 'answer: B'),
      /^quiz\/help\.yml:\d+ {2}“第1项”没写明第几个答案对/,
    ],
    [
      'that the id lost its quotation marks',
      'lessons/02.yml',
      field('id', 'id: 02'),
      /^lessons\/02\.yml:2 {2}“id”应当是一段文字.*加引号/,
    ],
    [
      'that a source of grade C is refused',
      'quiz/scams.yml',
      (text) => text.replace(/grade: [AB]/, 'grade: C'),
      /^quiz\/scams\.yml:\d+ .*只能写其中一个：A、B/,
    ],
    [
      'that nobody knows a field',
      'lessons/03.yml',
      field('why', 'hint: 无'),
      /^lessons\/03\.yml:\d+ {2}多了看不懂的一栏“hint”/,
    ],
    [
      'that a lesson names its sources',
      'lessons/04.yml',
      (text) => text.slice(0, text.indexOf('\nsources:') + 1),
      /^lessons\/04\.yml:\d+ {2}缺少“sources”/,
    ],
  ];
  let found: readonly string[] = [];
  beforeAll(async () => {
    found = (await changed(cases.map(([, file, change]) => [file, change]))).faults;
  });
  test.each(cases)('%s', (_, __, ___, expected) => {
    expect(found).toContainEqual(expect.stringMatching(expected));
  });
});

describe('the check names file, line and cure for', () => {
  const cases: readonly [string, ...Change, RegExp][] = [
    [
      'a right answer that is not among the answers',
      'lessons/01.yml',
      field('answer', 'answer: 4'),
      /^lessons\/01\.yml:\d+ {2}answer 写了 4，可是只有 3 个答案。怎么改：.*从 1 数起/,
    ],
    [
      'one counted from nought',
      'lessons/02.yml',
      field('answer', 'answer: 0'),
      /^lessons\/02\.yml:\d+ {2}answer 写了 0/,
    ],
    ['half an answer', 'lessons/03.yml', field('answer', 'answer: 1.5'), /^lessons\/03\.yml:\d+ {2}answer 写了 1\.5/],
    [
      'a lesson of two questions',
      'lessons/04.yml',
      withoutLastQuestion,
      /^lessons\/04\.yml:\d+ {2}这一课有 2 道题。怎么改：正好写 3 道/,
    ],
    [
      'a question with one answer',
      'lessons/05.yml',
      options('不汇款', 1),
      /^lessons\/05\.yml:\d+ {2}这道题有 1 个答案。怎么改：写两个或三个/,
    ],
    [
      'two answers that are the same but for a stop',
      'lessons/06.yml',
      options('不汇款, 不理会, 不汇款。', 1),
      /^lessons\/06\.yml:\d+ {2}第 3 个答案和第 1 个一样/,
    ],
    [
      'an id that another file has',
      'quiz/help.yml',
      field('id', 'id: leader-transfer'),
      /^quiz\/help\.yml:2 {2}题的编号“leader-transfer”在 lessons\/01\.yml:\d+ 已经有了/,
    ],
    [
      'a lesson about no fraud',
      'lessons/07.yml',
      (text) => text.replace(/^about: \[/m, 'about: [leader, '),
      /^lessons\/07\.yml:\d+ {2}没有编号是“leader”的骗局/,
    ],
    [
      'a question about no fraud',
      'lessons/08.yml',
      (text) => text.replace(/^ {4}about: .*$/m, '    about: leader'),
      /^lessons\/08\.yml:\d+ {2}没有编号是“leader”的骗局/,
    ],
    [
      'an id that is not the file name',
      'lessons/09.yml',
      field('id', "id: '02'"),
      /^lessons\/09\.yml:2 {2}编号“02”和文件名不一样。怎么改：改成 '09'/,
    ],
    [
      'a title that is too long',
      'lessons/10.yml',
      field('title', `title: ${'领导叫转钱'.repeat(4)}`),
      /^lessons\/10\.yml:3 {2}题目有 20 个字。怎么改：改到最多 16/,
    ],
    [
      'a lesson that is too long',
      'lessons/11.yml',
      firstLine('  - 先停一停，钱别转，再问一问。\n'.repeat(30).trimEnd()),
      /^lessons\/11\.yml:\d+ {2}课文有 \d+ 个字。怎么改：改到最多 400/,
    ],
    [
      'a long sentence in a lesson',
      'lessons/12.yml',
      firstLine(`  - ${'这句话实在是太长了'.repeat(4)}。`),
      /^lessons\/12\.yml:5 {2}这一句有 36 个字/,
    ],
    [
      'a question that is too long',
      'lessons/07.yml',
      field('ask', `ask: ${'他叫您转钱，转不转？'.repeat(7)}`),
      /^lessons\/07\.yml:\d+ {2}问题有 70 个字。怎么改：改到最多 60/,
    ],
    [
      'an answer that is too long',
      'lessons/08.yml',
      options(`${'先等一等再说，'.repeat(3)}, 不转`, 2),
      /^lessons\/08\.yml:\d+ {2}答案有 21 个字。怎么改：改到最多 20/,
    ],
    [
      'an explanation that is too long',
      'lessons/09.yml',
      field('why', `why: ${'先停一停，钱别转。'.repeat(7)}`),
      /^lessons\/09\.yml:\d+ {2}why有 63 个字。怎么改：改到最多 60/,
    ],
    [
      'an explanation that blames',
      'lessons/10.yml',
      field('why', 'why: 别贪心。'),
      /^lessons\/10\.yml:\d+ {2}“贪心”听着像责怪人/,
    ],
    [
      'an explanation that promises',
      'lessons/11.yml',
      field('why', 'why: 您放心。'),
      /^lessons\/11\.yml:\d+ {2}出现了不许说的“放心”/,
    ],
    [
      'a number that nobody has verified',
      'lessons/12.yml',
      field('why', 'why: 打95588问。'),
      /^lessons\/12\.yml:\d+ {2}电话 95588 没有核实过/,
    ],
  ];
  let found: readonly string[] = [];
  beforeAll(async () => {
    found = (await changed(cases.map(([, file, change]) => [file, change]))).faults;
  });
  test.each(cases)('%s', (_, __, ___, expected) => {
    expect(found).toContainEqual(expect.stringMatching(expected));
  });
  test('and for nothing else', () => {
    expect(found).toHaveLength(cases.length);
  });
  test('a lesson whose file has no number', async () => {
    await rename(join(folder, 'lessons/06.yml'), join(folder, 'lessons/last.yml'));
    const faults = (await readKnowledge(folder)).faults.map(formatFault);
    expect(faults).toContainEqual(expect.stringMatching(/^lessons\/last\.yml:1 {2}课的文件名“last”不是两位数字/));
  });
});

test('a wrong answer may judge, being the mistake that is set right, but may not name an unverified number', async () => {
  const { faults } = await changed([
    ['lessons/01.yml', options('打110, 放心，可以转', 1)],
    ['lessons/02.yml', options('打110, 打95588', 1)],
    ['lessons/03.yml', options('放心去转, 打110', 1)],
  ]);
  expect(faults).toEqual([
    expect.stringMatching(/^lessons\/02\.yml:\d+ {2}电话 95588 没有核实过/),
    expect.stringMatching(/^lessons\/03\.yml:\d+ {2}出现了不许说的“放心”/),
  ]);
});

describe('the video of a lesson', () => {
  const links: readonly Change[] = [
    ['lessons/01.yml', video('https://v.example.gov.cn/01.mp4')],
    ['lessons/02.yml', video('https://video.example.com/02.mp4')],
    ['lessons/03.yml', video('https://v.example.gov.cn@evil.example/03')],
  ];
  test('is on a host that the operator allows', async () => {
    const { base, faults } = await changed(links);
    expect(faults).toEqual([
      expect.stringMatching(
        /^lessons\/02\.yml:\d+ {2}视频链接的网站 video\.example\.com 没有准许过。怎么改：.*v\.example\.gov\.cn.*FANZHA_VIDEO_HOSTS/,
      ),
      expect.stringMatching(/^lessons\/03\.yml:\d+ {2}视频链接的写法不对。怎么改：.*账号@/),
    ]);
    expect(base?.lessons[0]?.video).toBe('https://v.example.gov.cn/01.mp4');
  });
  test('is nowhere as long as no host is allowed', async () => {
    const { faults } = await changed(links.slice(0, 1), { videoHosts: [] });
    expect(faults).toEqual([expect.stringMatching(/^lessons\/01\.yml:\d+ .*现在一个网站也没有准许/)]);
  });
});

test('knowledge without lessons and quiz is knowledge all the same', async () => {
  await rm(folder, { recursive: true, force: true });
  await cp(KNOWLEDGE_FOLDER, folder, {
    recursive: true,
    filter: (path) => !/[\\/](lessons|quiz)$/.test(path),
  });
  const { base, faults } = await readKnowledge(folder);
  expect(faults).toEqual([]);
  expect([base?.lessons, base?.quiz]).toEqual([[], []]);
});
