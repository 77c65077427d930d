import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** What differs between SQLite and PostgreSQL; everything above it is written once. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres';
  /** For the operator: the file, or the server without its password. */
  readonly where: string;
  readonly db: Kysely<Tables>;
  /** Makes what was deleted unreadable in the files, as far as the engine can. */
  scrub(): Promise<void>;
  /** Gives room that retention has freed back to the disk. */
  shrink(): Promise<void>;
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}
