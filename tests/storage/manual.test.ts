import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const sourcesIn = (folder: string): string =>
  readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(at(folder), name), 'utf8'))
    .join('\n');

const STORAGE = sourcesIn('src/storage');
const PRINTED = STORAGE + sourcesIn('src/web') + readFileSync(at('src/commands/upkeep.ts'), 'utf8');
/** What the manual says that the program says: the first cells of the tables of section 8. */
const QUOTED = (/## 8\. [\s\S]*?(?=\n## 9\.)/.exec(readFileSync(at('docs/operations.md'), 'utf8'))?.[0] ?? '')
  .split('\n')
  .filter((line) => /^\| (?!说的是)/.test(line))
  .map((line) => line.split('|')[1]?.trim() ?? '');

describe('the operator’s manual', () => {
  test('quotes what the program really prints', () => {
    expect(QUOTED.length).toBeGreaterThan(30);
    const strange = QUOTED.flatMap((cell) => cell.split('：')).filter((words) => !PRINTED.includes(words));
    expect(strange).toEqual([]);
  });
  test('knows every headline under which the database refuses, and every fault that it has while it runs', () => {
    const headlines = [...STORAGE.matchAll(/new OperatorFault\('([^']+)'/g)].map((match) => match[1] ?? '');
    const faults = [...STORAGE.matchAll(/\{ what: '([^']+)'/g)].map((match) => match[1] ?? '');
    expect(headlines.length + faults.length).toBeGreaterThan(25);
    const unknown = [...headlines, ...faults].filter(
      (words) => !QUOTED.some((cell) => cell.split('：').includes(words)),
    );
    expect(unknown).toEqual([]);
  });
});
