import { watch } from 'node:fs';
import type { KnowledgeBase } from '../domain/index.ts';
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
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const reload = (): void => {
    loadKnowledge(folder).then(taken, refused);
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(reload, QUIET_MS);
  };
  const watchers = [folder, `${folder}/frauds`, `${folder}/harmless`].map((path) => watch(path, soon));
  for (const watcher of watchers) watcher.on('error', refused);
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
