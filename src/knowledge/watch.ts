import { existsSync, type FSWatcher, watch } from 'node:fs';
import type { KnowledgeBase } from '../domain/index.ts';
import type { Allowed } from './check-video.ts';
import { ALL_FOLDERS } from './files.ts';
import { loadKnowledge } from './load.ts';

/** An editor saves in several strokes; they are taken together. */
const QUIET_MS = 300;

/**
 * Loads the base anew whenever a file under `folder` has changed. A base with faults is reported and not taken: the
 * former one stays in use. Returns the function that stops watching.
 */
export function watchKnowledge(
  folder: string,
  taken: (base: KnowledgeBase) => void,
  refused: (error: unknown) => void,
  allowed?: Allowed,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watchers = new Map<string, FSWatcher>();
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(reload, QUIET_MS);
  };
  /** A folder that was missing at first is watched from the time it is there. */
  const watchAll = (): void => {
    for (const path of [folder, ...ALL_FOLDERS.map((name) => `${folder}/${name}`)]) {
      if (watchers.has(path) || !existsSync(path)) continue;
      watchers.set(path, watch(path, soon).on('error', refused));
    }
  };
  const reload = (): void => {
    watchAll();
    loadKnowledge(folder, allowed).then(taken, refused);
  };
  watchAll();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}
