import { createHash } from 'node:crypto';
import { type Clock, MINUTE, SECOND } from '../lib/clock.ts';

/** A file that was made for downloading. */
export interface MadeFile {
  readonly data: Buffer;
  /** As in the header content-type. */
  readonly type: string;
  /** As in the header etag: changes with the content. */
  readonly tag: string;
}

export type Make = () => Promise<Omit<MadeFile, 'tag'> | undefined>;

/** Makes files on demand without ever making much at once. */
export interface MadeFiles {
  /** The file of this key, as kept or newly made; `busy` when too many others wait to be made. Rejects when making fails. */
  get(key: string, make: Make): Promise<MadeFile | undefined | 'busy'>;
}

export interface MadeFilesLimits {
  /** Bytes that are kept in memory. */
  readonly mostBytes: number;
  /** Files that are being made or wait for it. */
  readonly mostWaiting: number;
  /** Milliseconds until a kept file is made anew: a recording may have come meanwhile. */
  readonly keptFor: number;
  /** Milliseconds after which a file that is being made no longer holds up the others. */
  readonly longestWork: number;
}

export const USUAL_LIMITS: MadeFilesLimits = {
  mostBytes: 24 * 1024 * 1024,
  mostWaiting: 8,
  keptFor: 10 * MINUTE,
  longestWork: 30 * SECOND,
};

/**
 * Making takes the thread that answers residents: after each file they have it to themselves, for twice as long as the
 * file took, so that a flood of requests for files costs them a third of it at most.
 */
const REST = 2;
const LONGEST_REST = 2 * SECOND;

/** @param rest waits this many milliseconds; a test hands in its own */
export function createMadeFiles(limits: MadeFilesLimits, now: Clock, rest: (ms: number) => Promise<void>): MadeFiles {
  /** The least recently used first. */
  const kept = new Map<string, { readonly file: MadeFile; readonly until: number }>();
  const waiting = new Map<string, Promise<MadeFile | undefined>>();
  let bytes = 0;
  let last: Promise<void> = Promise.resolve();

  function drop(key: string): void {
    bytes -= kept.get(key)?.file.data.length ?? 0;
    kept.delete(key);
  }

  function keep(key: string, file: MadeFile): void {
    drop(key);
    if (file.data.length > limits.mostBytes) return;
    kept.set(key, { file, until: now() + limits.keptFor });
    bytes += file.data.length;
    for (const oldest of kept.keys()) {
      if (bytes <= limits.mostBytes) break;
      drop(oldest);
    }
  }

  function take(key: string): MadeFile | undefined {
    const found = kept.get(key);
    if (found === undefined) return undefined;
    if (found.until <= now()) {
      drop(key);
      return undefined;
    }
    kept.delete(key);
    kept.set(key, found);
    return found.file;
  }

  async function makeAndKeep(key: string, make: Make): Promise<MadeFile | undefined> {
    const made = await inTime(make(), limits.longestWork);
    if (made === undefined) return undefined;
    const file = { ...made, tag: `"${createHash('sha256').update(made.data).digest('base64url').slice(0, 22)}"` };
    keep(key, file);
    return file;
  }

  return {
    get(key, make) {
      const file = take(key);
      if (file) return Promise.resolve(file);
      const before = waiting.get(key);
      if (before) return before;
      if (waiting.size >= limits.mostWaiting) return Promise.resolve('busy');
      let began = 0;
      const mine = last.then(() => {
        began = now();
        return makeAndKeep(key, make);
      });
      waiting.set(key, mine);
      const done = (): Promise<void> => {
        waiting.delete(key);
        return rest(Math.min(LONGEST_REST, REST * (now() - began)));
      };
      last = mine.then(done, done);
      return mine;
    },
  };
}

async function inTime<Result>(work: Promise<Result>, longest: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('making a file took too long')), longest);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
