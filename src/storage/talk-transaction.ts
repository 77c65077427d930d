import { type Kysely, sql } from 'kysely';
import type { Group, OpenQuestion, Talk, TalkTransaction } from '../conversation/index.ts';
import type { Address } from '../domain/index.ts';
import { forgetOwner } from './erase.ts';
import { sayRow } from './say-row.ts';
import type { Secrets } from './secrets.ts';
import type { Tables } from './tables.ts';
import type { TalkStatements } from './talk-statements.ts';
import type { Underway } from './underway.ts';

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

export interface TalkCalls {
  readonly calls: TalkTransaction;
  /** What is written at the end of the transaction. */
  last(): Promise<void>;
}

/** The part of a transaction that is about talks. */
export function talkCalls(underway: Underway, statements: TalkStatements): TalkCalls {
  const { trx, engine, secrets, guarded, hold, read } = underway;
  const counts = new Map<string, number>();

  const calls: TalkTransaction = {
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
        await statements.say(trx, sayRow(secrets, toSay));
      }),
    count: (day, kind, entry) =>
      guarded(async () => {
        const key = JSON.stringify([day, kind, entry]);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }),
    askOffice: (address, question) => guarded(() => askOffice(trx, secrets, address, question)),
    forget: (source, talker, now) =>
      guarded(async () => {
        await forgetOwner(trx, secrets, secrets.owner(source, talker), now);
      }),
  };
  return {
    calls,
    async last() {
      // Last and in one order: everybody counts the same few rows, and holds them until the commit.
      const slot = engine === 'sqlite' ? 0 : turn++ % SLOTS;
      for (const key of [...counts.keys()].sort()) {
        const [day, kind, entry] = JSON.parse(key) as [string, string, string];
        await statements.count(trx, { day, kind, entry, slot, count: counts.get(key) ?? 0 });
      }
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
