import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { poster } from '../../src/commands/poster.ts';
import { readConfig } from '../../src/config/index.ts';
import { KNOWLEDGE_FOLDER } from '../knowledge-base.ts';
import { stateFolder } from '../state-folder.ts';
import { codeIn, unpack } from './read-picture.ts';

const folder = stateFolder();
const config = readConfig(
  { FANZHA_KNOWLEDGE_DIR: KNOWLEDGE_FOLDER, FANZHA_STATE_DIR: folder, FANZHA_ENTRY_URL: 'https://example.gov.cn/f' },
  '/',
);

let printed: string[];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => void vi.restoreAllMocks());
const faultOf = (work: Promise<void>): Promise<string> => work.then(() => '', String);

describe('fanzha poster', () => {
  test('writes one picture with the code of the settings, and tells where', async () => {
    const out = join(folder, 'email.png');
    await poster('email', { format: 'card', out }, config);
    expect(codeIn(unpack(readFileSync(out)))).toBe('https://example.gov.cn/f');
    expect(printed.join('\n')).toContain(out);
  });

  test('prints over a former picture, for everybody to read', async () => {
    const out = join(folder, 'former.png');
    writeFileSync(out, 'former', { mode: 0o600 });
    await poster('email', { format: 'led', out }, config);
    expect(unpack(readFileSync(out)).width).toBe(1920);
    expect(statSync(out).mode & 0o044).toBe(0o044);
  });

  test('does not take the place of a folder', async () => {
    const out = join(folder, 'folder.png');
    mkdirSync(out);
    expect(await faultOf(poster('email', { format: 'led', out }, config))).toMatch(/没有印成.*怎么改/s);
    expect(statSync(out).isDirectory()).toBe(true);
  });

  test.each([
    ['an unknown id brings near ones', 'emial', { format: 'card' }, 'email（'],
    ['an unknown format brings the four', 'email', { format: 'poster' }, 'banner（横幅）'],
    ['no format brings the four', 'email', {}, 'card（手机图）'],
    ['no id tells how to name one', undefined, { format: 'card' }, '--all'],
  ])('%s', async (_, id, options, cure) => {
    expect(await faultOf(poster(id, options, config))).toContain(cure);
  });

  test('a folder that is not there: its sentence with the cure, and nothing is left behind', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const fault = await faultOf(poster('email', { format: 'card', out: join(empty, 'no', 'x.png') }, config));
    expect(fault).toMatch(/没有这个文件夹.*怎么改/);
    expect(readdirSync(empty)).toEqual([]);
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be written: its sentence with the cure', async () => {
    const shut = join(folder, 'shut');
    mkdirSync(shut);
    chmodSync(shut, 0o500);
    const fault = await faultOf(poster('email', { format: 'card', out: join(shut, 'x.png') }, config));
    expect(fault).toMatch(/没有权限写在这里.*怎么改/);
    expect(readdirSync(shut)).toEqual([]);
  });

  test('a folder for all that is a file: its sentence, not a stack', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await faultOf(poster(undefined, { all: join(file, 'below') }, config))).toMatch(/没有印成.*怎么改/s);
  });
});
