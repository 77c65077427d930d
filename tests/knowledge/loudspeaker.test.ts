import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatFault } from '../../src/domain/index.ts';
import { readKnowledge } from '../../src/knowledge/index.ts';
import { KNOWLEDGE_FOLDER, knowledge } from '../knowledge-base.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanzha-loudspeaker-'));
  await cp(KNOWLEDGE_FOLDER, folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the check says of a loudspeaker text with this in place of 九六一一零. */
async function faultsWith(number: string): Promise<string> {
  const text = await readFile(join(KNOWLEDGE_FOLDER, 'frauds/loan.yml'), 'utf8');
  const changed = text.replace(/^( {2}loudspeaker: .*)九六一一零/m, `$1${number}`);
  expect(changed, 'the test must change the file').not.toBe(text);
  await writeFile(join(folder, 'frauds/loan.yml'), changed);
  return (await readKnowledge(folder)).faults.map(formatFault).join('\n');
}

test.each(['96110', '９６１１０', '٩٦١١٠'])(
  'a loudspeaker text with %s in it is refused, with line and cure',
  async (number) => {
    expect(await faultsWith(number)).toMatch(
      new RegExp(`frauds/loan\\.yml:\\d+ {2}大喇叭稿里有数字“${number}”.*96110 写“九六一一零”`),
    );
  },
);

test('one with numbers spelt is not', async () => {
  expect(await faultsWith('九六一一零，')).not.toContain('大喇叭稿');
});

test('every fraud tells the listener a number to call, spelt as announcers say it', () => {
  for (const { id, tip } of knowledge.frauds) expect(tip.loudspeaker, id).toMatch(/九六一一零|幺幺零/);
});
