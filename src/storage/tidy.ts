import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { DAY } from '../lib/clock.ts';
import type { Engine } from './engine.ts';
import { patiently } from './patience.ts';

/** Longer than any channel delivers a message again. */
const KEEP_INBOX = 7 * DAY;
/**
 * Who comes back later than this starts anew. Groups stay: their owner has switched reminders on once and for all. Members
 * stay as well, with their talk: who is silent for half a year is still a deputy, still learns on Tuesdays, and gets what he subscribed to.
 * The log of the campaign names nobody and is what every figure is a sum of.
 */
const KEEP_TALK = 180 * DAY;
/** What nobody asks any more is no news for the office. */
const KEEP_QUESTION = 90 * DAY;
/** A channel asks for the same answer again within seconds. */
const KEEP_PASSIVE = DAY;
/** After its time it is of no use any more, used or not. */
const KEEP_INVITATION = 30 * DAY;
/** The report of a year looks back over it. */
const KEEP_BROADCAST = 400 * DAY;
/** Rows of one commit: a few milliseconds, so that messages get in between. */
const BATCH = 500;

export interface Tidied {
  readonly inbox: number;
  /** Became too late to be said. */
  readonly expired: number;
  readonly outbox: number;
  readonly passive: number;
  readonly talks: number;
  readonly questions: number;
  readonly invitations: number;
  readonly broadcasts: number;
}

/** Deletes what has been kept long enough, and gives its room back. */
export async function tidy({ db, where, shrink }: Engine, now: number): Promise<Tidied> {
  const batches = async (step: () => Promise<{ numDeletedRows?: bigint; numUpdatedRows?: bigint }>) => {
    for (let total = 0; ; await nextTurn()) {
      const { numDeletedRows, numUpdatedRows } = await patiently(where, step);
      const rows = Number(numDeletedRows ?? numUpdatedRows ?? 0n);
      total += rows;
      if (rows < BATCH) return total;
    }
  };
  const inbox = await batches(() =>
    db
      .deleteFrom('inbox')
      .where('hash', 'in', (eb) =>
        eb
          .selectFrom('inbox')
          .select('hash')
          .where('received_at', '<', now - KEEP_INBOX)
          .limit(BATCH),
      )
      .executeTakeFirst(),
  );
  const expired = await batches(() =>
    db
      .updateTable('outbox')
      .set({ state: 'expired', lease_owner: null, lease_until: null, code: 'too-late' })
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('outbox')
          .select('id')
          .where(sql<boolean>`state in ('due', 'leased')`)
          .where('expires_at', '<', now)
          .where(unsaid(now))
          .limit(BATCH),
      )
      .where(unsaid(now))
      .executeTakeFirst(),
  );
  const outbox = await batches(() =>
    db
      .deleteFrom('outbox')
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('outbox')
          .select('id')
          .where('keep_until', '<', now)
          .where('state', 'not in', ['due', 'leased'])
          .limit(BATCH),
      )
      .executeTakeFirst(),
  );
  const passive = await batches(() =>
    db
      .deleteFrom('passive_reply')
      .where('hash', 'in', (eb) =>
        eb
          .selectFrom('passive_reply')
          .select('hash')
          .where('at', '<', now - KEEP_PASSIVE)
          .limit(BATCH),
      )
      .executeTakeFirst(),
  );
  await patiently(where, () => db.deleteFrom('allowance').where('until', '<', now).execute());
  const old = now - KEEP_TALK;
  const talks = await batches(() =>
    db
      .deleteFrom('talk')
      .where('name', 'in', (eb) =>
        eb
          .selectFrom('talk')
          .select('name')
          .where('updated_at', '<', old)
          .where(({ not, exists, selectFrom }) =>
            not(exists(selectFrom('member').select('member.owner').whereRef('member.owner', '=', 'talk.owner'))),
          )
          .limit(BATCH),
      )
      .where('updated_at', '<', old)
      .executeTakeFirst(),
  );
  const unasked = now - KEEP_QUESTION;
  const questions = await batches(() =>
    db
      .deleteFrom('open_question')
      .where('id', 'in', (eb) =>
        eb.selectFrom('open_question').select('id').where('last_at', '<', unasked).limit(BATCH),
      )
      .where('last_at', '<', unasked)
      .executeTakeFirst(),
  );
  // Few enough for one commit.
  const invitations = await patiently(where, () =>
    db
      .deleteFrom('invitation')
      .where('until', '<', now - KEEP_INVITATION)
      .executeTakeFirst(),
  );
  const broadcasts = await patiently(where, () =>
    db
      .deleteFrom('broadcast')
      .where('slot', '<', now - KEEP_BROADCAST)
      .executeTakeFirst(),
  );
  await patiently(where, shrink);
  return {
    inbox,
    expired,
    outbox,
    passive,
    talks,
    questions,
    invitations: Number(invitations.numDeletedRows),
    broadcasts: Number(broadcasts.numDeletedRows),
  };
}

/** Not in anybody's hands just now: repeated where the row is changed, since a claim may come between. */
function unsaid(now: number) {
  return sql<boolean>`(state = 'due' or (state = 'leased' and lease_until <= ${now}))`;
}
