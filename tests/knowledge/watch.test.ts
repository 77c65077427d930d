import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { KnowledgeBase } from '../../src/domain/index.ts';
import { watchKnowledge } from '../../src/knowledge/index.ts';
import { KNOWLEDGE_FOLDER } from '../knowledge-base.ts';

const PATIENCE = { timeout: 10_000, interval: 50 };
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function watched(without: readonly string[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'fanzha-watch-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  await cp(KNOWLEDGE_FOLDER, folder, {
    recursive: true,
    filter: (path) => !without.some((name) => path.endsWith(name)),
  });
  const seen: { base?: KnowledgeBase; refusal?: unknown } = {};
  undo.push(
    watchKnowledge(
      folder,
      (base) => {
        seen.base = base;
      },
      (error) => {
        seen.refusal = error;
      },
      { videoHosts: ['v.example.gov.cn'] },
    ),
  );
  return { folder, seen };
}

test('a changed lesson is taken, its video on an allowed host with it; one on another host is refused', async () => {
  const { folder, seen } = await watched();
  const path = join(folder, 'lessons/01.yml');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/^about:/m, 'video: https://v.example.gov.cn/01\nabout:'));
  await expect.poll(() => seen.base?.lessons[0]?.video, PATIENCE).toBe('https://v.example.gov.cn/01');
  await writeFile(path, text.replace(/^about:/m, 'video: https://evil.example/01\nabout:'));
  await expect.poll(() => String(seen.refusal), PATIENCE).toMatch(/evil\.example 没有准许过/);
});

test('a folder that comes later is taken, and watched from then on', async () => {
  const { folder, seen } = await watched(['/quiz']);
  const question = (ask: string) =>
    `- { id: later, ask: ${ask}, options: [转, 不转], answer: 2, why: 先停一停。, source: { publisher: 公安部, date: 2025-06-23, grade: B } }\n`;
  await mkdir(join(folder, 'quiz'));
  await writeFile(join(folder, 'quiz/later.yml'), question('转不转？'));
  await expect.poll(() => seen.base?.quiz.at(-1)?.ask, PATIENCE).toBe('转不转？');
  await writeFile(join(folder, 'quiz/later.yml'), question('还转不转？'));
  await expect.poll(() => seen.base?.quiz.at(-1)?.ask, PATIENCE).toBe('还转不转？');
});
