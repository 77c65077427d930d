import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DAY, SECOND } from '../../src/lib/clock.ts';
import { type Place, placeForTest } from './resident.ts';

/** Everything that lies in the state folder, as bytes read one by one, and the log. */
async function traces(place: Place): Promise<string> {
  const files = await readdir(place.folder);
  const contents = await Promise.all(files.map((file) => readFile(join(place.folder, file))));
  return [...contents.map((bytes) => bytes.toString('utf8')), ...place.lines].join('\n');
}

const STORY = '表舅王得财昨天说公安局查他，让他把钱转到安全账户，电话13912345678';
const TALKER = 'wxid-of-wang-decai';
const MARKS = [/王得财/, /公安局查他/, /13912345678/, /wxid-of-wang-decai/, /message-of-wang/];

describe('what a resident writes', () => {
  test('is never legible on disk or in the log, nor are his name in the channel and his message’s', async () => {
    const zhang = await placeForTest();
    await zhang.say(STORY, { talker: TALKER, id: 'message-of-wang' });
    await zhang.say('楼下王得财家的黄瓜', { talker: TALKER, id: 'message-of-wang-2' });
    const all = await traces(zhang);
    for (const mark of MARKS) expect(all).not.toMatch(mark);
    expect(all.length).toBeGreaterThan(10_000);
  });
  test('is kept in a folder and files that nobody else may read', async () => {
    const zhang = await placeForTest();
    expect((await stat(zhang.folder)).mode & 0o077).toBe(0);
    for (const file of await readdir(zhang.folder)) expect((await stat(join(zhang.folder, file))).mode & 0o077).toBe(0);
  });
  test('leaves nothing behind after 忘记我, and the last words go a minute later', async () => {
    const zhang = await placeForTest();
    await zhang.say(STORY, { talker: TALKER });
    await zhang.say('4', { talker: TALKER });
    expect(await zhang.say('忘记我', { talker: TALKER })).toContain('删掉了');
    expect(await zhang.storage.office.openQuestions()).toEqual([]);
    await zhang.wait(120 * SECOND);
    await zhang.storage.tidy(zhang.now());
    expect(await zhang.storage.erase(TALKER)).toBe(0);
    const all = await traces(zhang);
    for (const mark of MARKS) expect(all).not.toMatch(mark);
  });
  test('goes after a day: the case is closed and its text with it', async () => {
    const zhang = await placeForTest();
    await zhang.say(STORY, { talker: TALKER });
    await zhang.wait(DAY + SECOND);
    const talk = await zhang.storage.talks.transaction((tx) => tx.talk({ source: 'local', talker: TALKER }));
    expect(talk).toEqual({ noticed: true, cases: [] });
  });
});
