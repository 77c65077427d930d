import { type Kysely, sql } from 'kysely';

/**
 * Questions for the office are sealed from here on. Those that stand there legibly are deleted and not sealed: their
 * fingerprints could be guessed as well, and who still wonders asks again.
 */
export async function sealedQuestions(db: Kysely<unknown>): Promise<void> {
  await sql`delete from open_question`.execute(db);
  await db.schema.createIndex('open_question_last').on('open_question').column('last_at').execute();
}
