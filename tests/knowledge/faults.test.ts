import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatFault } from '../../src/domain/index.ts';
import { readKnowledge } from '../../src/knowledge/index.ts';
import { KNOWLEDGE_FOLDER, knowledge } from '../knowledge-base.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanzha-knowledge-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The project's knowledge with one file changed, and what the check says of it. */
async function faultsAfter(file: string, change: (text: string) => string): Promise<readonly string[]> {
  await cp(KNOWLEDGE_FOLDER, folder, { recursive: true, force: true });
  const path = join(folder, file);
  const before = await readFile(path, 'utf8');
  const after = change(before);
  expect(after, 'the test must change the file').not.toBe(before);
  await writeFile(path, after);
  return (await readKnowledge(folder)).faults.map(formatFault);
}

const POLICE = 'frauds/impersonate-police.yml';
const replaceLine = (start: RegExp, by: string) => (text: string) =>
  text.replace(new RegExp(`^${start.source}.*$`, 'm'), by);
const saying = knowledge.frauds.find((fraud) => fraud.id === 'email')?.sayings.resident[0] ?? '';

describe('the check names file, line and cure for', () => {
  const faults: readonly [string, string, (text: string) => string, RegExp][] = [
    [
      'an id that is not the file name',
      POLICE,
      replaceLine(/id: /, 'id: police'),
      /^frauds\/impersonate-police\.yml:1 {2}编号“police”.*改成“impersonate-police”/,
    ],
    [
      'an unknown family',
      POLICE,
      replaceLine(/family: /, 'family: police'),
      /impersonate-police\.yml:2 .*只能写其中一个：.*impersonate-leader/,
    ],
    [
      'a field that is missing',
      POLICE,
      (text) => text.replace(/^stop: .*\n/m, ''),
      /impersonate-police\.yml:\d+ .*缺少“stop”.*补上/,
    ],
    ['a field that nobody knows', POLICE, (text) => `${text}\nadvise: 无\n`, /看不懂的一栏“advise”/],
    [
      'a saying that stands in two frauds',
      POLICE,
      (text) => text.replace(/^ {2}resident:\n/m, `  resident:\n    - '${saying}'\n`),
      /说法“.*”在 .*email\.yml:\d+ 已经有了|email\.yml:\d+ {2}说法.*impersonate-police\.yml:\d+ 已经有了/,
    ],
    [
      'a source without a date',
      POLICE,
      (text) => text.replace(/(publisher: [^\n]*\n(?: {4}title: [^\n]*\n)?) {4}date: [^\n]*\n/, '$1'),
      /缺少“sources \/ 第\d+项 \/ date”/,
    ],
    ['a source of grade C', POLICE, (text) => text.replace(/grade: [AB]/, 'grade: C'), /只能写其中一个：A、B/],
    [
      'a tip that is too long for its screen',
      POLICE,
      replaceLine(/ {2}led: /, `  led: ${'公检法不会让你转账。'.repeat(4)}`),
      /“tip \/ led”有 40 个字.*最多 30/,
    ],
    ['a tip that is missing', POLICE, (text) => text.replace(/^ {2}led: .*\n/m, ''), /缺少“tip \/ led”/],
    [
      'a sentence over 25 characters',
      POLICE,
      replaceLine(/family_words: /, `family_words: ${'这句话实在是太长了'.repeat(4)}`),
      /这一句有 36 个字.*最多 25/,
    ],
    ['a word that judges', POLICE, replaceLine(/family_words: /, 'family_words: 你放心，没事。'), /不许说的“放心”/],
    [
      'a number that nobody has verified',
      POLICE,
      replaceLine(/family_words: /, 'family_words: 打95588问银行。'),
      /电话 95588 没有核实过.*contacts\.yml/,
    ],
    [
      'a regular expression',
      'signals.yml',
      (text) => text.replace("- '{让}…4{转}'", "- '(转+)+账'"),
      /signals\.yml:\d+ .*正则表达式/,
    ],
    [
      'a slot that does not exist',
      'signals.yml',
      (text) => text.replace("- '{让}…4{转}'", "- '{让人}…4{转}'"),
      /没有叫 \{让人\} 的词表.*让/,
    ],
    [
      'two signals of one name',
      'signals.yml',
      (text) => text.replace('- id: ask-fee', '- id: ask-transfer'),
      /编号“ask-transfer”写了两次/,
    ],
    ['a line that is not YAML', 'first-aid.yml', (text) => `${text}\n  : [\n`, /first-aid\.yml:\d+ .*写法不对/],
    ['an alias, which can blow up a file', 'slots.yml', (text) => `${text}\n甲: &a [一二]\n乙: *a\n`, /别名/],
  ];
  test.each(faults)('%s', async (_, file, change, expected) => {
    const found = await faultsAfter(file, change);
    expect(found.join('\n')).toMatch(expected);
  });

  test('a file that is missing', async () => {
    await cp(KNOWLEDGE_FOLDER, folder, { recursive: true, force: true });
    await rm(join(folder, 'wording.yml'));
    expect((await readKnowledge(folder)).faults.map(formatFault).join('\n')).toMatch(/wording\.yml {2}找不到这个文件/);
  });
  test('several faults at once', async () => {
    const found = await faultsAfter(POLICE, (text) =>
      text.replace(/^stop: .*\n/m, '').replace(/^short: .*$/m, 'short: [一]'),
    );
    expect(found.length).toBeGreaterThan(1);
  });
});
