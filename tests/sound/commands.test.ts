import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { knownFraud } from '../../src/commands/known-fraud.ts';
import { speakTip } from '../../src/commands/speak.ts';
import { tip } from '../../src/commands/tip.ts';
import { readConfig } from '../../src/config/index.ts';
import { KNOWLEDGE_FOLDER, knowledge } from '../knowledge-base.ts';
import { stateFolder } from '../state-folder.ts';

const folder = stateFolder();
const knowledgeDir = join(folder, 'knowledge');
cpSync(KNOWLEDGE_FOLDER, knowledgeDir, { recursive: true });
mkdirSync(join(knowledgeDir, 'recordings'));
const MP3 = Buffer.from('ID3 a person reads');
writeFileSync(join(knowledgeDir, 'recordings', 'loan.mp3'), MP3);

const config = readConfig({ FANZHA_KNOWLEDGE_DIR: knowledgeDir, FANZHA_STATE_DIR: folder }, '/');
const silent = { program: join(folder, 'no-such-program') };
const loan = knowledge.frauds.find((fraud) => fraud.id === 'loan');

let printed: string[];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => void vi.restoreAllMocks());
const faultOf = (work: Promise<void>): Promise<string> => work.then(() => '', String);

describe('fanzha tip', () => {
  test('prints the four lengths, each under a title with its number of characters', async () => {
    await tip('loan', {}, config);
    const text = printed.join('\n');
    expect(text.split('\n')[0]).toBe(loan?.name);
    for (const one of Object.values(loan?.tip ?? {})) expect(text).toContain(`，${[...one].length} 个字】\n${one}`);
  });

  test('prints JSON for programs, and takes a name as well', async () => {
    await tip(loan?.name ?? '', { json: true }, config);
    expect(JSON.parse(printed.join(''))).toEqual({ id: 'loan', name: loan?.name, ...loan?.tip });
  });

  test('prints nothing for an id that it does not know', async () => {
    expect(await faultOf(tip('lone', {}, config))).toContain('loan（');
    expect(printed).toEqual([]);
  });
});

describe('an id that nobody knows brings near ones', () => {
  test.each([
    ['lone', 'loan（'],
    ['impersonate-polise', 'impersonate-police（'],
    ['冒充领到', 'impersonate-leader（'],
    ['../../etc/passwd\u001b[31m', 'impersonate-police（'],
    ['', 'impersonate-police（'],
    ['x'.repeat(100_000), 'impersonate-police（'],
  ])('%.20s', (id, near) => {
    expect(() => knownFraud(knowledge, id)).toThrow(near);
    expect(() => knownFraud(knowledge, id)).not.toThrow(/\p{Cc}\[|x{50}/u);
  });
});

describe('fanzha speak', () => {
  test('copies the recording of a person, says so, and ends the name in .mp3', async () => {
    await speakTip('loan', { out: join(folder, 'loan.wav') }, config, silent);
    expect(readFileSync(join(folder, 'loan.mp3'))).toEqual(MP3);
    expect(printed.join()).toMatch(/loan\.mp3\n这是真人的录音/);
  });

  test('without a program that speaks says how to get one, and leaves no file behind', async () => {
    const before = readdirSync(folder);
    const fault = await faultOf(speakTip('brushing', { out: join(folder, 'brushing.wav') }, config, silent));
    expect(fault).toContain('apt-get install espeak-ng');
    expect(readdirSync(folder)).toEqual(before);
  });

  test('into a folder that is not there tells which, and the cure', async () => {
    const fault = await faultOf(speakTip('loan', { out: join(folder, 'absent', 'a.mp3') }, config, silent));
    expect(fault).toMatch(/absent {2}没有这个文件夹。怎么改：先建好文件夹/);
  });
});
