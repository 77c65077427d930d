import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { OperatorFault } from '../domain/index.ts';
import type { Labelled } from './score.ts';

/** Reads labelled messages, one JSON a line. A missing file is a fault when it is needed, else an empty list. */
export async function readLabelled(path: string, needed = true): Promise<readonly Labelled[]> {
  if (!existsSync(path)) {
    if (!needed) return [];
    throw new OperatorFault('没有带标注的消息', [
      { where: path, what: '找不到这个文件', cure: '给出放着 fraud.jsonl 和 benign.jsonl 的文件夹' },
    ]);
  }
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.flatMap((line, i) => (line.trim() === '' ? [] : [parseLine(line, `${path}:${i + 1}`)]));
}

function parseLine(line: string, where: string): Labelled {
  const read = parsed(line);
  if (typeof read?.text === 'string' && typeof read.label === 'string') return read;
  throw new OperatorFault('带标注的消息读不懂', [
    { where, what: '这一行不是带 text 和 label 的 JSON', cure: '一行一条，例如 {"text": "…", "label": "brushing"}' },
  ]);
}

function parsed(line: string): Labelled | undefined {
  try {
    return JSON.parse(line) as Labelled;
  } catch {
    return undefined;
  }
}
