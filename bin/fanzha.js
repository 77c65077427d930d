#!/usr/bin/env node
// Runs the program. Its TypeScript sources are joined into one JavaScript file first, and again whenever they change:
// that takes a tenth of a second and makes the start twice as fast as translating file by file.
import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = join(root, '.build', 'fanzha.js');

if (!isCurrent()) await build();
await import(pathToFileURL(built).href);

function isCurrent() {
  const since = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(join(root, 'src'), { recursive: true }).filter((name) => name.endsWith('.ts'));
  return [...sources.map((name) => join('src', name)), 'package.json'].every(
    (name) => statSync(join(root, name)).mtimeMs < since,
  );
}

async function build() {
  const { build: bundle } = await import('esbuild');
  const draft = `${built}.${process.pid}`;
  try {
    mkdirSync(dirname(built), { recursive: true });
    await bundle({
      entryPoints: [join(root, 'src', 'cli.ts')],
      outfile: draft,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      charset: 'utf8',
      logLevel: 'error',
    });
    renameSync(draft, built);
  } catch (error) {
    console.error(
      `${dirname(built)}  程序没有拼好。怎么改：让这个文件夹可以写；镜像里请先运行一次 npm run -s fanzha -- check`,
    );
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
