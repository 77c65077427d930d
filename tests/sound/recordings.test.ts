import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { formatFault, type OperatorFault } from '../../src/domain/index.ts';
import { findRecording, soundForResidents, soundOf } from '../../src/sound/index.ts';
import { stateFolder } from '../state-folder.ts';

const root = stateFolder();
const MP3 = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(200, 7)]);
const tip = { group: '', moments: '', led: '', loudspeaker: '乡亲们，先别转钱。' };
const fraud = { id: 'loan', tip };
const voice = { program: join(root, 'no-such-program') };

let knowledgeDir: string;
let recordings: string;
beforeEach(() => {
  knowledgeDir = mkdtempSync(join(root, 'knowledge-'));
  recordings = join(knowledgeDir, 'recordings');
  mkdirSync(recordings);
});
const put = (data: Buffer | string): void => writeFileSync(join(recordings, 'loan.mp3'), data);

test('a recording that is there wins over the machine voice', async () => {
  put(MP3);
  expect(await soundOf(fraud, knowledgeDir, voice)).toEqual({ type: 'mp3', data: MP3 });
});

test('a recording may also begin with a frame and no tag', async () => {
  put(Buffer.from([0xff, 0xfb, 0x90, 0x00, 1, 2, 3]));
  expect((await findRecording(fraud, knowledgeDir))?.length).toBe(7);
});

test('without a folder or a file there is no recording', async () => {
  expect(await findRecording(fraud, knowledgeDir)).toBeUndefined();
  rmSync(recordings, { recursive: true });
  expect(await findRecording(fraud, knowledgeDir)).toBeUndefined();
});

test.each(['../loan', 'a/b', '', '.', 'loan\0', 'LOAN'])('%j is never looked for', async (id) => {
  put(MP3);
  writeFileSync(join(knowledgeDir, 'loan.mp3'), MP3);
  expect(await findRecording({ id }, knowledgeDir)).toBeUndefined();
});

describe('what cannot be a recording is refused with its name and a cure', () => {
  const refused: readonly [string, () => void, RegExp][] = [
    [
      'a link out of the folder',
      () => {
        writeFileSync(join(root, 'outside.mp3'), MP3);
        symlinkSync(join(root, 'outside.mp3'), join(recordings, 'loan.mp3'));
      },
      /是一个链接/,
    ],
    [
      'a folder that is itself a link to elsewhere',
      () => {
        const elsewhere = join(root, `elsewhere-${process.hrtime.bigint()}`);
        put(MP3);
        renameSync(recordings, elsewhere);
        symlinkSync(elsewhere, recordings);
      },
      /在知识库文件夹外面/,
    ],
    ['a folder', () => mkdirSync(join(recordings, 'loan.mp3')), /不是一个文件/],
    ['a pipe', () => void spawnSync('mkfifo', [join(recordings, 'loan.mp3')]), /不是一个文件/],
    ['eleven megabytes', () => put(Buffer.concat([MP3, Buffer.alloc(11 * 1024 * 1024)])), /超过 10 MB/],
    ['a page', () => put('<html>loan</html>'), /不是 mp3/],
    ['nothing', () => put(''), /不是 mp3/],
  ];
  test.each(refused)('%s', async (_, make, what) => {
    make();
    const fault = await findRecording(fraud, knowledgeDir).catch((error: unknown) => String(error));
    expect(fault).toMatch(what);
    expect(fault).toMatch(/recordings\/loan\.mp3 .*怎么改：/);
  });
});

test('residents never see the operator’s fault: they hear the machine voice or get nothing, and he is told', async () => {
  put('<html>loan</html>');
  const told: string[] = [];
  const hear = (fault: OperatorFault): void => void told.push(...fault.faults.map(formatFault));
  expect(await soundForResidents(fraud, knowledgeDir, hear, voice)).toBeUndefined();
  expect(told.join()).toContain('不是 mp3');
});
