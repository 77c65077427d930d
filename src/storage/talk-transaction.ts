import { type Kysely, sql } from 'kysely';
import type { Group, OpenQuestion, Talk, TalkTransaction } from '../conversation/index.ts';
import type { Address } from '../domain/index.ts';
import { forgetOwner } from './erase.ts';
import { type SealedReply, URGENCIES } from './outbox.ts';
import type { Secrets } from './secrets.ts';
import type { Run } from './statement.ts';
import type { Tables } from './tables.ts';
import type { TalkStatements } from './talk-statements.ts';
import { ifReadable, type TellUnreadable } from './unreadable.ts';

/** What is sealed of a talk. */
export interface SealedTalk {
  readonly address: Address;
  readonly talk: Talk;
}

interface SealedGroup {
  readonly room: string;
  readonly group: Group;
}

/** Rows over which one counter is spread on PostgreSQL. */
const SLOTS = 16;
let turn = process.pid;

/** What stands behind the transactions that are handed out. */
export const CONNECTIONS = new WeakMap<object, Kysely<Tables>>();

export interface Underway {
  readonly tx: TalkTransaction;
  /** To be called before the commit. Throws when a statement failed, even if the caller went on. */
  finish(): Promise<void>;
}

/** `trx`: a transaction of kysely's that has begun. */
export function beginTalk(
  trx: Kysely<Tables>,
  engine: 'sqlite' | 'postgres',
  statements: TalkStatements,
  secrets: Secrets,
  tell: TellUnreadable,
): Underway {
  let failure: { readonly error: unknown } | undefined;
  let ended = false;
  const counts = new Map<string, number>();

  /** Everything goes through here: a statement that failed must not be committed around. */
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (ended) throw new Error('the transaction has ended; await every call inside it');
    try {
      return await work();
    } catch (error) {
      failure ??= { error };
      throw error;
    }
  };

  /** Reads a row and holds it until the end. One that is not there yet is held by its name. */
  const hold = async (query: Run<{ name: string }, { sealed: string }>, name: string): Promise<string | undefined> => {
    const [row] = await query(trx, { name });
    if (row || engine === 'sqlite') return row?.sealed;
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
    // Whoever held the name before may have written it.
    return (await query(trx, { name }))[0]?.sealed;
  };

  /** One that cannot be read is as if it were not there: who is at the other end must not be refused for it. */
  const read = <Content>(table: 'talk' | 'talk_group', name: string, sealed: string): Content | undefined => {
    const content = ifReadable<Content>(() => secrets.unseal(table, name, sealed));
    if (content === undefined) tell(table, 1);
    return content;
  };

  const tx: TalkTransaction = {
    arrived: (source, id, now) =>
      guarded(async () => (await statements.arrived(trx, { hash: secrets.message(source, id), now })).length > 0),
    talk: (address) =>
      guarded(async () => {
        const name = secrets.talk(address);
        const sealed = await hold(statements.talk, name);
        return sealed === undefined ? undefined : read<SealedTalk>('talk', name, sealed)?.talk;
      }),
    keepTalk: (address, talk, wakeAt, now) =>
      guarded(async () => {
        const name = secrets.talk(address);
        const content: SealedTalk = { address, talk };
        await statements.keepTalk(trx, {
          name,
          owner: secrets.owner(address.source, address.talker),
          source: address.source,
          sealed: secrets.seal('talk', name, content),
          wake_at: wakeAt ?? null,
          updated_at: now,
        });
      }),
    group: (source, room) =>
      guarded(async () => {
        const name = secrets.room(source, room);
        const sealed = await hold(statements.group, name);
        return sealed === undefined ? undefined : read<SealedGroup>('talk_group', name, sealed)?.group;
      }),
    keepGroup: (source, room, group, now) =>
      guarded(async () => {
        const name = secrets.room(source, room);
        const content: SealedGroup = { room, group };
        await statements.keepGroup(trx, {
          name,
          sealed: secrets.seal('talk_group', name, content),
          updated_at: now,
        });
      }),
    say: (toSay) =>
      guarded(async () => {
        const conversation = secrets.conversation(toSay);
        const { talker, room, replyTo, text } = toSay;
        const content: SealedReply = { talker, room, replyTo, text };
        await statements.say(trx, {
          source: toSay.source,
          owner: secrets.owner(toSay.source, talker),
          conversation,
          urgency: URGENCIES.indexOf(toSay.urgency),
          sealed: secrets.seal('outbox', conversation, content),
          due_at: toSay.dueAt,
          expires_at: toSay.expiresAt,
          keep_until: toSay.keepUntil,
          at: toSay.at,
        });
      }),
    count: (day, kind, entry) =>
      guarded(async () => {
        const key = JSON.stringify([day, kind, entry]);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }),
    askOffice: (address, question) => guarded(() => askOffice(trx, secrets, address, question)),
    forget: (source, talker) =>
      guarded(async () => {
        await forgetOwner(trx, secrets.owner(source, talker));
      }),
  };

  CONNECTIONS.set(tx, trx);
  return {
    tx,
    async finish() {
      if (failure) throw failure.error;
      // Last and in one order: everybody counts the same few rows, and holds them until the commit.
      const slot = engine === 'sqlite' ? 0 : turn++ % SLOTS;
      for (const key of [...counts.keys()].sort()) {
        const [day, kind, entry] = JSON.parse(key) as [string, string, string];
        await statements.count(trx, { day, kind, entry, slot, count: counts.get(key) ?? 0 });
      }
      ended = true;
    },
  };
}

async function askOffice(
  trx: Kysely<Tables>,
  secrets: Secrets,
  address: Address,
  { kind, maskedText, entry, at }: OpenQuestion,
): Promise<void> {
  const fingerprint = secrets.question(kind, maskedText);
  await trx
    .insertInto('open_question')
    .values({
      fingerprint,
      kind,
      source: address.source,
      asker: secrets.owner(address.source, address.talker),
      masked_text: secrets.seal('open_question', fingerprint, maskedText),
      entry: entry ?? null,
      count: 1,
      first_at: at,
      last_at: at,
      state: 'open',
    })
    .onConflict((oc) =>
      oc.column('fingerprint').doUpdateSet((eb) => ({
        count: eb('open_question.count', '+', 1),
        last_at: eb.ref('excluded.last_at'),
        asker: sql<
          string | null
        >`case when open_question.asker = excluded.asker then open_question.asker else null end`,
      })),
    )
    .execute();
}
