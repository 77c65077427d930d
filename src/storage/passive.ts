import { type Insertable, type Kysely, sql } from 'kysely';
import { DAY } from '../lib/clock.ts';
import type { Asked, PassiveStore, Taken } from '../outbox/index.ts';
import type { Engine } from './engine.ts';
import { DAMAGED } from './outbox.ts';
import type { SealedReply } from './say-row.ts';
import type { Secrets } from './secrets.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import type { SealedTalk } from './talk-transaction.ts';
import { CONNECTIONS } from './talks.ts';
import { transactor } from './transactor.ts';
import { ifReadable, type TellUnreadable } from './unreadable.ts';

interface OpenRow {
  readonly id: number;
  readonly sealed: string;
  readonly due_at: number;
  readonly at: number;
  readonly state: string;
  readonly lease_until: number | null;
}

/** A row that nobody is saying just now, opened. */
interface Free extends SealedReply {
  readonly id: number;
}

/** What the message was answered already, or the rows that may answer it, most pressing first. */
interface Found {
  readonly stands?: string;
  /** Those that answer this message, and those that were left: whoever asked for them no longer waits. */
  readonly rows: readonly Free[];
  /** One of the rows answers this very message. */
  readonly answers: boolean;
}

export function createPassiveStore(engine: Engine, secrets: Secrets, tell: TellUnreadable): PassiveStore {
  const transaction = transactor(engine);
  const statements = passiveStatements(engine);

  async function allowAndTake(trx: Kysely<Tables>, asked: Asked): Promise<Taken> {
    const { allowance, source, talker, now } = asked;
    if (allowance) await statements.allow(trx, { owner: secrets.owner(source, talker), now, ...allowance });
    return take(trx, asked);
  }

  async function take(trx: Kysely<Tables>, asked: Asked): Promise<Taken> {
    const first = await look(trx, asked);
    if (first.stands !== undefined) return says(first.stands);
    if (first.answers) return say(trx, asked, first.rows);
    const waits = await isWaiting(trx, asked);
    if (waits && asked.holding === undefined) return { kind: 'waits' };
    // Looked at again: between the two looks the story may have been told, or another process may have been first.
    const { stands, rows } = await look(trx, asked);
    if (stands !== undefined) return says(stands);
    if (rows.length > 0) return say(trx, asked, rows);
    if (!waits || asked.holding === undefined) return { kind: 'nothing' };
    await note(trx, asked, asked.id, asked.holding);
    return says(asked.holding);
  }

  /** Rows first, and held: who waits here for another process then reads what that one has noted. */
  async function look(trx: Kysely<Tables>, { source, talker, id, now, holdMs }: Asked): Promise<Found> {
    const conversation = secrets.conversation({ source, talker });
    const open = await statements.open(trx, { conversation });
    const hash = secrets.message(source, id);
    const [noted] = await statements.noted(trx, { hash });
    if (noted) {
      const stands = ifReadable<string>(() => secrets.unseal('passive_reply', hash, noted.sealed));
      if (stands === undefined) tell('passive_reply', 1);
      return { stands: stands ?? '', rows: [], answers: false };
    }
    const rows: Free[] = [];
    let answers = false;
    for (const row of open.filter((one) => isFree(one, now))) {
      const content = ifReadable<SealedReply>(() => secrets.unseal('outbox', conversation, row.sealed));
      if (!content) {
        tell('outbox', 1);
        await statements.damaged(trx, { id: row.id });
        continue;
      }
      const mine = content.replyTo.includes(id);
      const old = row.due_at <= now || row.at + holdMs <= now;
      if (mine || old || (await areAnswered(trx, source, content.replyTo))) rows.push({ ...content, id: row.id });
      answers ||= mine;
    }
    return { rows, answers };
  }

  /** Nobody waits for an answer to these any more: they got the holding sentence. */
  async function areAnswered(trx: Kysely<Tables>, source: string, ids: readonly string[]): Promise<boolean> {
    for (const id of ids)
      if ((await statements.noted(trx, { hash: secrets.message(source, id) })).length === 0) return false;
    return true;
  }

  async function say(trx: Kysely<Tables>, asked: Asked, rows: readonly Free[]): Promise<Taken> {
    const [text, later] = asked.fit(rows.map((row) => row.text));
    for (const { id } of rows) await statements.said(trx, { id, now: asked.now });
    await note(trx, asked, asked.id, text);
    const others = new Set(rows.flatMap((row) => row.replyTo));
    others.delete(asked.id);
    for (const id of others) await note(trx, asked, id, '');
    if (later !== '') await sayLater(trx, asked, later);
    return says(text);
  }

  async function note(
    trx: Kysely<Tables>,
    { source, talker, now }: Pick<Asked, 'source' | 'talker' | 'now'>,
    id: string,
    text: string,
  ): Promise<void> {
    const hash = secrets.message(source, id);
    const sealed = secrets.seal('passive_reply', hash, text);
    await statements.note(trx, { hash, owner: secrets.owner(source, talker), source, sealed, at: now });
  }

  async function sayLater(trx: Kysely<Tables>, { source, talker, now }: Asked, text: string): Promise<void> {
    const conversation = secrets.conversation({ source, talker });
    const content: SealedReply = { talker, replyTo: [], text };
    await trx
      .insertInto('outbox')
      .values({
        source,
        owner: secrets.owner(source, talker),
        conversation,
        urgency: 1,
        sealed: secrets.seal('outbox', conversation, content),
        state: 'due',
        due_at: now,
        attempts: 0,
        expires_at: now + DAY,
        keep_until: now + DAY,
        at: now,
      })
      .execute();
  }

  /** Whether nothing has been said yet about the story that the message belongs to. */
  async function isWaiting(trx: Kysely<Tables>, { source, talker, id }: Asked): Promise<boolean> {
    const name = secrets.talk({ source, talker });
    const [row] = await statements.talk(trx, { name });
    const content = row && ifReadable<SealedTalk>(() => secrets.unseal('talk', name, row.sealed));
    return content !== undefined && waitsIn(content, id);
  }

  return {
    take(asked, within) {
      const open = within && CONNECTIONS.get(within);
      return open ? allowAndTake(open, asked) : transaction((trx) => allowAndTake(trx, asked));
    },
    stand: (asked, text) =>
      transaction(async (trx) => {
        await statements.forget(trx, { hash: secrets.message(asked.source, asked.id) });
        await note(trx, asked, asked.id, text);
      }),
    async spend({ source, talker }, now) {
      return transaction(async (trx) => {
        const owner = secrets.owner(source, talker);
        return (await statements.spend(trx, { owner, now })).length > 0;
      });
    },
  };
}

const says = (text: string): Taken => (text === '' ? { kind: 'nothing' } : { kind: 'says', text });

const waitsIn = ({ talk }: SealedTalk, id: string): boolean => talk.story?.waiting.includes(id) ?? false;

/** Due, or in the hands of a process that died. */
function isFree({ state, lease_until }: OpenRow, now: number): boolean {
  return state === 'due' || (lease_until ?? 0) <= now;
}

function passiveStatements({ db, name }: Engine) {
  const postgres = name === 'postgres';
  return {
    open: statement<{ conversation: string }, OpenRow>(({ conversation }) =>
      db
        .selectFrom('outbox')
        .select(['id', 'sealed', 'due_at', 'at', 'state', 'lease_until'])
        .where('conversation', '=', conversation)
        .where(sql<boolean>`state in ('due', 'leased')`)
        .orderBy('urgency')
        .orderBy('id')
        .$if(postgres, (query) => query.forUpdate()),
    ),
    noted: statement<{ hash: string }, { sealed: string }>(({ hash }) =>
      db.selectFrom('passive_reply').select('sealed').where('hash', '=', hash),
    ),
    note: statement<Insertable<Tables['passive_reply']>, never>((row) =>
      db
        .insertInto('passive_reply')
        .values({ hash: row.hash, owner: row.owner, source: row.source, sealed: row.sealed, at: row.at })
        .onConflict((oc) => oc.doNothing())
        .$castTo<never>(),
    ),
    forget: statement<{ hash: string }, never>(({ hash }) =>
      db.deleteFrom('passive_reply').where('hash', '=', hash).$castTo<never>(),
    ),
    said: statement<{ id: number; now: number }, never>(({ id, now }) =>
      db
        .updateTable('outbox')
        .set({ state: sql.lit('sent'), sent_at: now, lease_owner: null, lease_until: null, code: null })
        .where('id', '=', id)
        .$castTo<never>(),
    ),
    damaged: statement<{ id: number }, never>(({ id }) =>
      db
        .updateTable('outbox')
        .set({ state: sql.lit('failed'), lease_owner: null, lease_until: null, code: sql.lit(DAMAGED) })
        .where('id', '=', id)
        .$castTo<never>(),
    ),
    talk: statement<{ name: string }, { sealed: string }>((values) =>
      db.selectFrom('talk').select('sealed').where('name', '=', values.name),
    ),
    /** A new act begins the count anew, unless what an earlier one allowed lasts longer; the same act again does not. */
    allow: statement<{ owner: string; most: number; until: number; now: number }, never>((row) =>
      db
        .insertInto('allowance')
        .values({ owner: row.owner, most: row.most, used: sql.lit(0), until: row.until })
        .onConflict((oc) =>
          oc
            .column('owner')
            .doUpdateSet((eb) => ({
              most: eb.ref('excluded.most'),
              used: eb.ref('excluded.used'),
              until: eb.ref('excluded.until'),
            }))
            .where(sql<boolean>`allowance.until < excluded.until or allowance.until <= ${row.now}`),
        )
        .$castTo<never>(),
    ),
    spend: statement<{ owner: string; now: number }, { owner: string }>(({ owner, now }) =>
      db
        .updateTable('allowance')
        .set((eb) => ({ used: eb('used', '+', sql.lit(1)) }))
        .where('owner', '=', owner)
        .where('until', '>', now)
        .where(sql<boolean>`used < most`)
        .returning('owner'),
    ),
  };
}
