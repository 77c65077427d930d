import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { HOUSE } from './house.ts';
import {
  circles,
  drawers,
  longFiles,
  readSourceTree,
  type SourceTree,
  sideDoors,
  upwardImports,
  wrongPackageDoors,
} from './rules.ts';

const src = fileURLToPath(new URL('../../src', import.meta.url));
const house = await readSourceTree(src);

describe('the house', () => {
  test('imports only downwards', () => expect(upwardImports(house, HOUSE)).toEqual([]));
  test('enters every room through its door', () => expect(sideDoors(house)).toEqual([]));
  test('lets each package in through its own door', () => expect(wrongPackageDoors(house, HOUSE)).toEqual([]));
  test('has no circles', () => expect(circles(house)).toEqual([]));
  test('has no file over 400 lines', () => expect(longFiles(house, HOUSE)).toEqual([]));
  test('has no drawers', () => expect(drawers(house)).toEqual([]));
  test('has the rooms of the design', () => {
    const rooms = [
      'domain',
      'knowledge',
      'normalise',
      'recognise',
      'decide',
      'compose',
      'conversation',
      'channels/wechaty',
      'web',
      'lib',
      'main',
      'cli',
      'config',
    ];
    for (const room of rooms)
      expect(
        [...house.files.keys()].some((file) => file.startsWith(`${room}/`) || file === `${room}.ts`),
        room,
      ).toBe(true);
  });
});

describe('each rule refuses a small bad tree', () => {
  test('an arrow that points up', async () => {
    const tree = await plant({
      'domain/fraud.ts': `import { decide } from '../decide/index.ts';`,
      'decide/index.ts': 'export const decide = 1;',
    });
    expect(upwardImports(tree, HOUSE)).toEqual(['domain/fraud.ts must not import decide/index.ts']);
  });
  test('equals that know each other, even by type', async () => {
    const tree = await plant({
      'decide/decide.ts': `import type { Say } from '../compose/index.ts';`,
      'compose/index.ts': 'export type Say = 1;',
    });
    expect(upwardImports(tree, HOUSE)).toEqual(['decide/decide.ts must not import compose/index.ts']);
  });
  test('a room entered through the window', async () => {
    const tree = await plant({
      'web/chat.ts': `import { x } from '../conversation/memory.ts';`,
      'conversation/memory.ts': 'export const x = 1;',
    });
    expect(sideDoors(tree)).toEqual([
      'web/chat.ts enters conversation through conversation/memory.ts instead of its index.ts',
    ]);
  });
  test('a package that comes in by the wrong door', async () => {
    const tree = await plant({ 'decide/decide.ts': `import Fuse from 'fuse.js';` });
    expect(wrongPackageDoors(tree, HOUSE)).toEqual([
      'decide/decide.ts imports fuse.js; its door is campaign/find-fraud.ts, recognise/fuzzy.ts, evaluate/baselines.ts',
    ]);
  });
  test('a package that nobody has given a door, also when it is imported lazily', async () => {
    const tree = await plant({ 'web/page.ts': `const it = await import('left-pad');` });
    expect(wrongPackageDoors(tree, HOUSE)).toEqual([
      'web/page.ts imports left-pad, which has no door in the architecture test',
    ]);
  });
  test('a circle', async () => {
    const tree = await plant({ 'web/a.ts': `import { b } from './b.ts';`, 'web/b.ts': `export { a } from './a.ts';` });
    expect(circles(tree)).toEqual(['web/a.ts → web/b.ts → web/a.ts']);
  });
  test('a file that holds more than one idea', async () => {
    const tree = await plant({ 'web/long.ts': '\n'.repeat(401) });
    expect(longFiles(tree, HOUSE)).toEqual(['web/long.ts has 402 lines']);
  });
  test('a drawer', async () => {
    const tree = await plant({ 'web/utils.ts': '' });
    expect(drawers(tree)).toEqual(['web/utils.ts is a drawer: name it for what it holds']);
  });
});

/** Writes a source tree into a temporary folder and reads it as the rules do. */
async function plant(files: Readonly<Record<string, string>>): Promise<SourceTree> {
  const folder = await mkdtemp(join(tmpdir(), 'fanzha-tree-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const tree = await readSourceTree(folder);
  await rm(folder, { recursive: true });
  return tree;
}
