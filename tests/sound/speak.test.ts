import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NoVoice, speak, spoken, syllables } from '../../src/sound/index.ts';
import { knowledge } from '../knowledge-base.ts';
import { stateFolder } from '../state-folder.ts';

const folder = stateFolder();
const installed = spawnSync('espeak-ng', ['--version']).status === 0;
const police = knowledge.frauds.find((fraud) => fraud.id === 'impersonate-police')?.tip.loudspeaker ?? '';

/** A program in place of espeak-ng. */
function program(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A stream of WAV as espeak-ng writes it, promising two gigabytes, with this many seconds of a tone of this loudness. */
function stream(seconds: number, loudness: number): Buffer {
  const wav = Buffer.alloc(44 + Math.round(seconds * 22_050) * 2);
  wav.write('RIFF\0\0\0\0WAVEfmt ', 0, 'latin1');
  wav.writeUInt32LE(0x7ffff024, 4);
  for (const [at, value] of [
    [16, 16],
    [24, 22_050],
    [28, 44_100],
    [40, 0x7ffff000],
  ] as const)
    wav.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    wav.writeUInt16LE(value, at);
  wav.write('data', 36, 'latin1');
  for (let at = 44; at + 1 < wav.length; at += 2)
    wav.writeInt16LE(Math.round(loudness * 32_767 * Math.sin(at / 40)), at);
  return wav;
}

function tone(name: string, seconds: number, loudness: number): string {
  writeFileSync(join(folder, `${name}.wav`), stream(seconds, loudness));
  return program(name, `cat > '${join(folder, `${name}.txt`)}'; cat '${join(folder, `${name}.wav`)}'`);
}

describe('the machine voice', () => {
  test('says first that it is one, and gets its words on the standard input, spelt', async () => {
    await speak('打110', { program: tone('first', 5, 0.5) });
    expect(readFileSync(join(folder, 'first.txt'), 'utf8')).toBe('ji1 qi4 he2 cheng2 yu3 yin1 . da3 yao1 yao1 ling2\n');
  });

  test('writes into the file how long it is', async () => {
    const wav = await speak('打110', { program: tone('length', 5, 0.5) });
    expect([wav.readUInt32LE(4), wav.readUInt32LE(40)]).toEqual([wav.length - 8, wav.length - 44]);
  });

  const broken: readonly [string, () => string, RegExp][] = [
    ['is silent', () => tone('silent', 5, 0.001), /没有读出声音/],
    ['breaks off at once', () => tone('short', 0.1, 0.5), /没有读出声音/],
    ['writes something else', () => program('else', 'cat > /dev/null; echo hello'), /没有读出声音/],
    ['writes nothing', () => program('nothing', 'exit 0'), /没有读出声音/],
    ['ends with a fault', () => program('fault', 'exit 3'), /中途停了（3）/],
    ['never ends', () => program('endless', 'exec sleep 30'), /读得太久/],
    ['never stops talking', () => program('flood', 'exec cat /dev/zero'), /太长|太久/],
    ['may not be run', () => join(folder, 'first.txt'), /运行不了（EACCES）/],
  ];
  test.each(broken)('that %s gives a fault with a cure and no file', async (_, make, what) => {
    const fault = await speak('打110', { program: make(), longestWorkMs: 500 }).catch((error: unknown) => error);
    expect(String(fault)).toMatch(what);
    expect(String(fault)).toContain('怎么改：重新安装');
  });

  test('that is not installed is told from one that is broken', async () => {
    const fault = await speak('打110', { program: join(folder, 'absent') }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(NoVoice);
    expect(String(fault)).toContain('apt-get install espeak-ng');
  });

  test('takes no text without end', async () => {
    await expect(speak('长'.repeat(2_001), { program: tone('long', 5, 0.5) })).rejects.toThrow(/超过 2000 个字/);
  });
});

describe.skipIf(!installed)('espeak-ng itself', () => {
  test('reads a loudspeaker text in the time that an announcer would take', async () => {
    const wav = await speak(police);
    const seconds = (wav.length - 44) / 2 / wav.readUInt32LE(24);
    const perMinute = ([...police].length / seconds) * 60;
    expect(perMinute).toBeGreaterThan(130);
    expect(perMinute).toBeLessThan(190);
  });

  test('reads in Mandarin sounds throughout, letters too', () => {
    const told = knowledge.frauds.filter(({ id }) => id === 'etc-points' || id === 'cash-gold');
    const input = told.map((fraud) => syllables(spoken(fraud.tip.loudspeaker))).join('\n');
    const { stdout } = spawnSync('espeak-ng', ['-v', 'cmn-latn-pinyin', '-x', '-q', '--stdin'], { input });
    expect(stdout.toString()).toContain("j'i35n_| X'a35N_|");
    expect(stdout.toString()).not.toMatch(/\([a-z]{2,3}\)/);
  });
});
